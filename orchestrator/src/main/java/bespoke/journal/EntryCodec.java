package bespoke.journal;

import bespoke.engine.Envelope;
import bespoke.model.InstanceDefinition;
import bespoke.model.Transition;
import bespoke.repository.MalformedRecordException;
import bespoke.repository.RecordReader;
import bespoke.repository.RecordWriter;
import java.util.List;

/// Writes and reads the records of the journal. The transitions come first, so that a search for
/// them need not read the event.
final class EntryCodec {

  /// 2: definitions with `startd/restart`, its delay, and environment files.
  private static final int VERSION = 2;

  private static final int VERSION_OF_SHORT_DEFINITIONS = 1;
  private static final int ENTRY_WITHOUT_FINGERPRINT = 1;
  private static final int DEFINITIONS = 2;
  private static final int ENTRY = 3;

  private EntryCodec() {}

  static void write(
      RecordWriter out, Envelope envelope, List<Transition> transitions, int fingerprint) {
    out.octet(VERSION).octet(ENTRY).list(transitions, ModelCodec::transition);
    out.signed(envelope.atEpochMillis()).signed(envelope.nanos()).number(envelope.cause());
    out.optional(envelope.actor(), ModelCodec::actor);
    EventCodec.write(out, envelope.event());
    out.signed(fingerprint);
  }

  /// @param event id of the import that brought them
  static void writeDefinitions(RecordWriter out, long event, List<InstanceDefinition> definitions) {
    out.octet(VERSION).octet(DEFINITIONS).number(event);
    out.list(definitions, DefinitionCodec::write);
  }

  /// What a record is.
  enum Kind {
    ENTRY,
    DEFINITIONS,
    /// Definitions of an older version, which lack what this one decides by: as good as none.
    SHORT_DEFINITIONS
  }

  /// What a record is; reading goes on behind that.
  static Kind kind(RecordReader in) {
    int version = in.octet();
    if (version != VERSION && version != VERSION_OF_SHORT_DEFINITIONS) {
      throw new MalformedRecordException("a record is of version " + version);
    }
    int kind = in.octet();
    if (kind == ENTRY || kind == ENTRY_WITHOUT_FINGERPRINT) {
      return Kind.ENTRY;
    }
    return version == VERSION ? Kind.DEFINITIONS : Kind.SHORT_DEFINITIONS;
  }

  static List<Transition> transitions(RecordReader in) {
    return in.list(ModelCodec::transition);
  }

  static Entry entry(RecordReader in, long id) {
    List<Transition> transitions = transitions(in);
    Envelope envelope =
        new Envelope(
            id,
            in.signed(),
            in.signed(),
            in.number(),
            in.optional(ModelCodec::actor),
            EventCodec.read(in));
    return new Entry(envelope, transitions, in.atEnd() ? Fingerprint.UNKNOWN : (int) in.signed());
  }

  /// The id of the import that definitions belong to.
  static long definitionsOf(RecordReader in) {
    return in.number();
  }

  static List<InstanceDefinition> definitions(RecordReader in) {
    return in.list(DefinitionCodec::read);
  }
}
