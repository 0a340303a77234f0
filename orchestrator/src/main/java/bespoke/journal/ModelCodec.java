package bespoke.journal;

import bespoke.model.Actor;
import bespoke.model.AuxiliaryState;
import bespoke.model.EnabledSetting;
import bespoke.model.Entity;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.MethodOutcome;
import bespoke.model.Origin;
import bespoke.model.Severity;
import bespoke.model.Transition;
import bespoke.repository.MalformedRecordException;
import bespoke.repository.RecordReader;
import bespoke.repository.RecordWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes and reads the nouns that events and transitions are made of. Constants go by name, so
/// that another version of the program may order them otherwise.
final class ModelCodec {

  private ModelCodec() {}

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

  static void entity(RecordWriter out, Entity entity) {
    out.text(entity.toString());
  }

  static Entity entity(RecordReader in) {
    try {
      return Entity.parse(in.text());
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException(String.valueOf(e.getMessage()));
    }
  }

  static void origin(RecordWriter out, Origin origin) {
    switch (origin) {
      case Origin.Unknown unknown -> out.octet(0);
      case Origin.File file ->
          out.octet(1).text(file.file()).number(file.line()).number(file.column());
      case Origin.Administrator person ->
          out.octet(2).text(person.who()).signed(person.atEpochMillis());
    }
  }

  static Origin origin(RecordReader in) {
    int kind = in.octet();
    return switch (kind) {
      case 0 -> Origin.UNKNOWN;
      case 1 -> new Origin.File(in.text(), in.size(), in.size());
      case 2 -> new Origin.Administrator(in.text(), in.signed());
      default -> throw new MalformedRecordException("an origin is of kind " + kind);
    };
  }

  static void actor(RecordWriter out, Actor actor) {
    out.text(actor.user()).signed(actor.uid()).signed(actor.loginUid());
    out.signed(actor.pid()).text(actor.commandLine());
  }

  static Actor actor(RecordReader in) {
    return new Actor(in.text(), in.signedInt(), in.signed(), in.signed(), in.text());
  }

  static void enabled(RecordWriter out, EnabledSetting setting) {
    out.optional(setting.permanent(), RecordWriter::flag);
    out.optional(setting.override(), RecordWriter::flag);
    out.text(setting.comment());
  }

  static EnabledSetting enabled(RecordReader in) {
    Optional<Boolean> permanent = in.optional(RecordReader::flag);
    Optional<Boolean> override = in.optional(RecordReader::flag);
    return new EnabledSetting(permanent, override, in.text());
  }

  static void outcome(RecordWriter out, MethodOutcome outcome) {
    switch (outcome) {
      case MethodOutcome.Exited exited -> out.octet(0).signed(exited.status());
      case MethodOutcome.Signaled signaled ->
          out.octet(1).signed(signaled.signal()).flag(signaled.core());
      case MethodOutcome.NotRun not -> out.octet(2).text(not.reason()).flag(not.retryable());
      case MethodOutcome.Unknown unknown -> out.octet(3);
    }
  }

  static MethodOutcome outcome(RecordReader in) {
    int kind = in.octet();
    return switch (kind) {
      case 0 -> new MethodOutcome.Exited(in.signedInt());
      case 1 -> new MethodOutcome.Signaled(in.signedInt(), in.flag());
      case 2 -> new MethodOutcome.NotRun(in.text(), in.flag());
      case 3 -> new MethodOutcome.Unknown();
      default -> throw new MalformedRecordException("an outcome is of kind " + kind);
    };
  }

  /// Passes the rest of a transition over, behind its instance.
  static void skipTransition(RecordReader in) {
    for (int i = 0; i < 5; i++) {
      in.skipText();
    }
    if (in.flag()) {
      in.skipText();
      in.skipText();
    }
    in.skipText();
    in.number();
    in.number();
  }

  static void transition(RecordWriter out, Transition transition) {
    fmri(out, transition.instance());
    out.name(transition.from()).name(transition.to()).name(transition.next());
    out.name(transition.auxiliary()).name(transition.severity());
    out.optional(transition.because(), ModelCodec::fmri);
    out.text(transition.detail()).signed(transition.atEpochMillis()).number(transition.cause());
  }

  static Transition transition(RecordReader in) {
    return transitionOf(in, fmri(in));
  }

  /// The rest of a transition, behind its instance.
  static Transition transitionOf(RecordReader in, InstanceFmri instance) {
    InstanceState from = in.name(InstanceState.class);
    InstanceState to = in.name(InstanceState.class);
    @Nullable InstanceState next = in.nameOrNull(InstanceState.class);
    return new Transition(
        instance,
        from,
        to,
        next,
        in.name(AuxiliaryState.class),
        in.name(Severity.class),
        in.optional(ModelCodec::fmri),
        in.text(),
        in.signed(),
        in.number());
  }
}
