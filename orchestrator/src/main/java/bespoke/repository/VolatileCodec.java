package bespoke.repository;

import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.RuntimeState;

/// The records of the volatile store. Constants are written by name, so that the next version of
/// the program, which adopts them, may order them otherwise.
final class VolatileCodec {

  static final int RUNTIME = 1;
  static final int FORGOTTEN = 2;
  static final int OVERRIDE = 3;
  static final int NO_OVERRIDE = 4;
  static final int FACT = 5;
  static final int NO_FACT = 6;

  private VolatileCodec() {}

  static void fmri(RecordWriter out, InstanceFmri fmri) {
    out.text(fmri.service()).text(fmri.instance());
  }

  static InstanceFmri fmri(RecordReader in) {
    try {
      return new InstanceFmri(in.text(), in.text());
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException(String.valueOf(e.getMessage()));
    }
  }

  static void runtime(RecordWriter out, VolatileInstance instance) {
    RuntimeState state = instance.runtime();
    out.name(state.state()).name(state.next()).name(state.auxiliary());
    out.optional(state.auxiliaryFmri(), VolatileCodec::fmri);
    out.signed(state.sinceEpochMillis());
    out.optional(state.contract()).optional(state.methodContract()).optional(state.startPid());
    out.optional(state.startWaitStatus());
    out.number(state.failures());
    out.list(state.failureTimesEpochMillis(), RecordWriter::signed);
    out.number(state.run()).text(state.detail()).text(state.statusText());
    out.number(instance.cause());
  }

  static VolatileInstance runtime(RecordReader in) {
    RuntimeState state =
        new RuntimeState(
            in.name(InstanceState.class),
            in.nameOrNull(InstanceState.class),
            in.name(AuxiliaryState.class),
            in.optional(VolatileCodec::fmri),
            in.signed(),
            in.optionalLong(),
            in.optionalLong(),
            in.optionalLong(),
            in.optionalInt(),
            in.size(),
            in.list(RecordReader::signed),
            in.number(),
            in.text(),
            in.text());
    return new VolatileInstance(state, in.number());
  }
}
