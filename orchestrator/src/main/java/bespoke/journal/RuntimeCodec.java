package bespoke.journal;

import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceState;
import bespoke.model.RuntimeState;
import bespoke.repository.RecordReader;
import bespoke.repository.RecordWriter;

/// Writes and reads what was restored of an instance when the daemon started.
final class RuntimeCodec {

  private RuntimeCodec() {}

  static void write(RecordWriter out, RuntimeState state) {
    out.name(state.state()).name(state.next()).name(state.auxiliary());
    out.optional(state.auxiliaryFmri(), ModelCodec::fmri).signed(state.sinceEpochMillis());
    out.optional(state.contract()).optional(state.methodContract()).optional(state.startPid());
    out.optional(state.startWaitStatus()).number(state.failures());
    out.list(state.failureTimesEpochMillis(), RecordWriter::signed);
    out.number(state.run()).text(state.detail()).text(state.statusText());
  }

  static RuntimeState read(RecordReader in) {
    return new RuntimeState(
        in.name(InstanceState.class),
        in.nameOrNull(InstanceState.class),
        in.name(AuxiliaryState.class),
        in.optional(ModelCodec::fmri),
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
  }
}
