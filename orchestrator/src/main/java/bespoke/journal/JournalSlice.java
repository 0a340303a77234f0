package bespoke.journal;

import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.repository.MalformedRecordException;
import bespoke.repository.RecordReader;
import bespoke.repository.RecordWriter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A part of a journal in a stream, outside of the directory of the daemon: what a report carries.
///
/// Each record is written as its event's id, its length and its bytes. The definitions of an import
/// stand before it.
public final class JournalSlice {
  /// A longer record is no record: an import of 100,000 instances takes a tenth of that.
  private static final int RECORD_BYTES_MAX = 128 << 20;

  private static final int DEFINITIONS_MAX = 100;

  private final DataOutputStream out;
  private final RecordWriter record = new RecordWriter(1024);

  /// @param out stays the caller's
  public JournalSlice(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /// Appends one entry.
  public void write(Entry entry) throws IOException {
    Envelope envelope = entry.envelope();
    if (envelope.event() instanceof Event.DefinitionsImported event) {
      List<InstanceDefinition> all =
          event.imports().stream().map(Event.InstanceImport::definition).toList();
      for (int from = 0; from < all.size(); from += DEFINITIONS_MAX) {
        record.reset();
        EntryCodec.writeDefinitions(
            record, envelope.id(), all.subList(from, Math.min(all.size(), from + DEFINITIONS_MAX)));
        frame(envelope.id());
      }
    }
    record.reset();
    EntryCodec.write(record, envelope, entry.transitions(), entry.fingerprint());
    frame(envelope.id());
  }

  private void frame(long id) throws IOException {
    byte[] bytes = record.toBytes();
    out.writeLong(id);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// Reads all entries, in their order.
  ///
  /// @throws IOException if it cannot be read or is no such stream; the message says where
  public static void read(InputStream from, Predicate<Entry> visitor) throws IOException {
    DataInputStream in = new DataInputStream(from);
    Map<InstanceFmri, InstanceDefinition> definitions = new TreeMap<>();
    for (int number = 1; ; number++) {
      byte[] bytes;
      long id;
      try {
        id = in.readLong();
      } catch (EOFException end) {
        return;
      }
      try {
        int length = in.readInt();
        if (length < 0 || length > RECORD_BYTES_MAX) {
          throw new IOException("record " + number + " of the journal is damaged: its length");
        }
        bytes = in.readNBytes(length);
        if (bytes.length < length) {
          throw new EOFException();
        }
        RecordReader record = new RecordReader(bytes);
        EntryCodec.Kind kind = EntryCodec.kind(record);
        if (kind == EntryCodec.Kind.DEFINITIONS) {
          EntryCodec.definitionsOf(record);
          EntryCodec.definitions(record).forEach(one -> definitions.put(one.fmri(), one));
        }
        if (kind != EntryCodec.Kind.ENTRY) {
          continue;
        }
        Entry entry = Journal.whole(EntryCodec.entry(record, id), Map.of(id, definitions));
        definitions.clear();
        if (!visitor.test(entry)) {
          return;
        }
      } catch (EOFException cut) {
        throw new IOException("the journal is cut off in record " + number, cut);
      } catch (MalformedRecordException e) {
        throw new IOException(
            "record " + number + " of the journal cannot be read: " + e.getMessage(), e);
      }
    }
  }
}
