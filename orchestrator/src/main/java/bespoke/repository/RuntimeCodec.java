package bespoke.repository;

import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.RestarterProgress;
import bespoke.model.RuntimeState;
import bespoke.model.Severity;

/// Writes and reads the volatile facts of an instance, for the volatile store and for the journal.
/// Constants are written by name, so that the next version of the program, which adopts them, may
/// order them otherwise.
public final class RuntimeCodec {
  private static final int PLAIN = 0;
  private static final int UNDER_WAY = 1;

  private RuntimeCodec() {}

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

  /// Writes everything.
  public static void write(RecordWriter out, RuntimeState state) {
    out.name(state.state()).name(state.next()).name(state.auxiliary());
    out.optional(state.auxiliaryFmri(), RuntimeCodec::fmri);
    out.signed(state.sinceEpochMillis());
    out.optional(state.contract()).optional(state.methodContract()).optional(state.startPid());
    out.optional(state.startWaitStatus());
    out.number(state.failures());
    out.list(state.failureTimesEpochMillis(), RecordWriter::signed);
    out.number(state.run()).text(state.detail()).text(state.statusText());
    if (state.progress().isNone()) {
      out.octet(PLAIN);
    } else {
      progress(out.octet(UNDER_WAY), state.progress());
    }
  }

  /// Reads what [#write] wrote.
  public static RuntimeState read(RecordReader in) {
    RuntimeState facts = readWithoutProgress(in);
    return in.octet() == PLAIN ? facts : facts.with(progress(in));
  }

  /// Reads what the first version wrote, which kept nothing of what was under way.
  public static RuntimeState readWithoutProgress(RecordReader in) {
    return new RuntimeState(
        in.name(InstanceState.class),
        in.nameOrNull(InstanceState.class),
        in.name(AuxiliaryState.class),
        in.optional(RuntimeCodec::fmri),
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

  private static void progress(RecordWriter out, RestarterProgress progress) {
    out.text(progress.phase()).number(progress.serviceRun()).text(progress.afterwards());
    out.name(progress.afterwardsAuxiliary()).text(progress.afterwardsDetail());
    out.name(progress.afterwardsSeverity()).text(progress.degradation());
    out.flag(progress.isTimedOut()).flag(progress.isThrottled());
    out.flag(progress.isRefreshWanted()).number(progress.probeFailures());
    out.signed(progress.stopDeadlineNanos());
    out.list(progress.timers(), (to, timer) -> to.text(timer.kind()).signed(timer.dueNanos()));
    out.list(progress.startNanos(), RecordWriter::signed);
  }

  private static RestarterProgress progress(RecordReader in) {
    return new RestarterProgress(
        in.text(),
        in.number(),
        in.text(),
        in.name(AuxiliaryState.class),
        in.text(),
        in.name(Severity.class),
        in.text(),
        in.flag(),
        in.flag(),
        in.flag(),
        in.size(),
        in.signed(),
        in.list(from -> new RestarterProgress.Timer(from.text(), from.signed())),
        in.list(RecordReader::signed));
  }
}
