package bespoke.journal;

import bespoke.engine.Event;
import bespoke.engine.Milestone;
import bespoke.model.AuxiliaryState;
import bespoke.model.FileFmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceState;
import bespoke.model.RuntimeState;
import bespoke.model.Severity;
import bespoke.repository.MalformedRecordException;
import bespoke.repository.RecordReader;
import bespoke.repository.RecordWriter;
import bespoke.repository.RuntimeCodec;
import java.util.function.Function;

/// Writes and reads every event. The switch has no default: a new event does not compile before it
/// has a number here. Numbers are never given twice.
///
/// [Event.DefinitionsImported] is written without its definitions, which would take too long on the
/// engine's thread; [Journal] adds them later, and reading puts bare ones in their place until
/// then.
final class EventCodec {

  private EventCodec() {}

  static void write(RecordWriter out, Event event) {
    switch (event) {
      case Event.DefinitionsImported e -> {
        out.octet(34).list(e.imports(), EventCodec::briefly);
        out.list(e.removed(), ModelCodec::fmri);
      }
      case Event.DaemonStarted e ->
          out.octet(35)
              .number(e.number())
              .number(e.contract())
              .optional(e.milestone(), EventCodec::milestone);
      case Event.FileObserved e ->
          out.octet(2).text(e.file().path()).flag(e.exists()).flag(e.changed());
      case Event.EnableRequested e -> {
        ModelCodec.fmri(out.octet(3), e.instance());
        out.flag(e.enabled()).flag(e.temporary()).text(e.comment());
      }
      case Event.RestartRequested e -> {
        ModelCodec.fmri(out.octet(4), e.instance());
        out.flag(e.dump());
      }
      case Event.RefreshRequested e -> {
        ModelCodec.fmri(out.octet(5), e.instance());
        DefinitionCodec.write(out, e.definition());
      }
      case Event.ClearRequested e -> ModelCodec.fmri(out.octet(6), e.instance());
      case Event.MarkRequested e -> {
        ModelCodec.fmri(out.octet(7), e.instance());
        out.name(e.state()).flag(e.immediate()).flag(e.temporary());
        out.optional(e.byService(), ModelCodec::fmri).flag(e.onTerminal());
      }
      case Event.MilestoneRequested e -> milestone(out.octet(8), e.milestone());
      case Event.ShutdownRequested e -> out.octet(9);
      case Event.Answered e -> answered(out, e);
      case Event.RestarterConnected e -> ModelCodec.fmri(out.octet(30), e.restarter());
      case Event.RestarterDisconnected e -> ModelCodec.fmri(out.octet(31), e.restarter());
      case Event.RestarterReported e -> {
        ModelCodec.fmri(out.octet(32), e.restarter());
        ModelCodec.fmri(out, e.instance());
        out.name(e.state()).name(e.next()).name(e.auxiliary()).name(e.severity());
        out.text(e.detail());
      }
      case Event.RemoteStateChanged e -> {
        ModelCodec.fmri(out.octet(33), e.instance());
        out.name(e.state());
      }
    }
  }

  private static void answered(RecordWriter out, Event.Answered event) {
    out.octet(number(event));
    ModelCodec.fmri(out, event.instance());
    switch (event) {
      case Event.MethodStarted e -> out.number(e.run()).signed(e.pid());
      case Event.MethodExited e -> {
        ModelCodec.outcome(out.number(e.run()), e.outcome());
        out.optional(e.waitStatus());
      }
      case Event.ContractEmptied e -> out.number(e.contract());
      case Event.MemberDied e ->
          out.number(e.contract())
              .signed(e.pid())
              .signed(e.signal())
              .flag(e.core())
              .flag(e.fromInside());
      case Event.ReadinessReported e -> out.number(e.contract());
      case Event.StatusReported e -> out.number(e.contract()).text(e.text());
      case Event.WatchdogExpired e -> out.number(e.contract());
      case Event.ProbeAnswered e -> out.number(e.run()).flag(e.well()).text(e.detail());
      case Event.TimerFired e -> out.number(e.timer());
    }
  }

  private static int number(Event.Answered event) {
    return switch (event) {
      case Event.MethodStarted e -> 10;
      case Event.MethodExited e -> 11;
      case Event.ContractEmptied e -> 12;
      case Event.MemberDied e -> 13;
      case Event.ReadinessReported e -> 14;
      case Event.StatusReported e -> 15;
      case Event.WatchdogExpired e -> 16;
      case Event.ProbeAnswered e -> 17;
      case Event.TimerFired e -> 18;
    };
  }

  static Event read(RecordReader in) {
    int number = in.octet();
    return switch (number) {
      case 1 ->
          new Event.DefinitionsImported(
              in.list(from -> brief(from, RuntimeCodec::readWithoutProgress)),
              in.list(ModelCodec::fmri));
      case 2 -> new Event.FileObserved(file(in), in.flag(), in.flag());
      case 3 -> new Event.EnableRequested(ModelCodec.fmri(in), in.flag(), in.flag(), in.text());
      case 4 -> new Event.RestartRequested(ModelCodec.fmri(in), in.flag());
      case 5 -> new Event.RefreshRequested(ModelCodec.fmri(in), DefinitionCodec.read(in));
      case 6 -> new Event.ClearRequested(ModelCodec.fmri(in));
      case 7 ->
          new Event.MarkRequested(
              ModelCodec.fmri(in),
              in.name(InstanceState.class),
              in.flag(),
              in.flag(),
              in.optional(ModelCodec::fmri),
              in.flag());
      case 8 -> new Event.MilestoneRequested(milestone(in));
      case 9 -> new Event.ShutdownRequested();
      case 10 -> new Event.MethodStarted(ModelCodec.fmri(in), in.number(), in.signed());
      case 11 ->
          new Event.MethodExited(
              ModelCodec.fmri(in), in.number(), ModelCodec.outcome(in), in.optionalInt());
      case 12 -> new Event.ContractEmptied(ModelCodec.fmri(in), in.number());
      case 13 ->
          new Event.MemberDied(
              ModelCodec.fmri(in), in.number(), in.signed(), in.signedInt(), in.flag(), in.flag());
      case 14 -> new Event.ReadinessReported(ModelCodec.fmri(in), in.number());
      case 15 -> new Event.StatusReported(ModelCodec.fmri(in), in.number(), in.text());
      case 16 -> new Event.WatchdogExpired(ModelCodec.fmri(in), in.number());
      case 17 -> new Event.ProbeAnswered(ModelCodec.fmri(in), in.number(), in.flag(), in.text());
      case 18 -> new Event.TimerFired(ModelCodec.fmri(in), in.number());
      case 30 -> new Event.RestarterConnected(ModelCodec.fmri(in));
      case 31 -> new Event.RestarterDisconnected(ModelCodec.fmri(in));
      case 32 -> reported(in);
      case 33 -> new Event.RemoteStateChanged(ModelCodec.fmri(in), in.name(InstanceState.class));
      case 34 ->
          new Event.DefinitionsImported(
              in.list(from -> brief(from, RuntimeCodec::read)), in.list(ModelCodec::fmri));
      case 35 ->
          new Event.DaemonStarted(in.number(), in.number(), in.optional(EventCodec::milestone));
      default -> throw new MalformedRecordException("an event is of kind " + number);
    };
  }

  private static Event reported(RecordReader in) {
    return new Event.RestarterReported(
        ModelCodec.fmri(in),
        ModelCodec.fmri(in),
        in.name(InstanceState.class),
        in.nameOrNull(InstanceState.class),
        in.name(AuxiliaryState.class),
        in.name(Severity.class),
        in.text());
  }

  private static FileFmri file(RecordReader in) {
    try {
      return new FileFmri(in.text());
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException(String.valueOf(e.getMessage()));
    }
  }

  private static void briefly(RecordWriter out, Event.InstanceImport one) {
    ModelCodec.fmri(out, one.definition().fmri());
    ModelCodec.enabled(out, one.enabled());
    out.optional(one.restored(), RuntimeCodec::write);
  }

  private static Event.InstanceImport brief(
      RecordReader in, Function<RecordReader, RuntimeState> runtime) {
    return new Event.InstanceImport(
        InstanceDefinition.bare(ModelCodec.fmri(in)), ModelCodec.enabled(in), in.optional(runtime));
  }

  private static void milestone(RecordWriter out, Milestone milestone) {
    switch (milestone) {
      case Milestone.All all -> out.octet(0);
      case Milestone.None none -> out.octet(1);
      case Milestone.Of of -> ModelCodec.fmri(out.octet(2), of.instance());
    }
  }

  private static Milestone milestone(RecordReader in) {
    int kind = in.octet();
    return switch (kind) {
      case 0 -> new Milestone.All();
      case 1 -> new Milestone.None();
      case 2 -> new Milestone.Of(ModelCodec.fmri(in));
      default -> throw new MalformedRecordException("a milestone is of kind " + kind);
    };
  }
}
