package bespoke.journal;

import bespoke.engine.Decision;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Transition;
import bespoke.repository.LogSegment;
import bespoke.repository.MalformedRecordException;
import bespoke.repository.RecordReader;
import bespoke.repository.RecordWriter;
import bespoke.repository.RepositoryException;
import bespoke.repository.SegmentedLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Every event with its cause and actor, and the transitions it led to, bounded in size.
///
/// The engine's thread appends and flushes once for each batch. Readers may be any thread; they see
/// what was flushed. Nothing here is forced to disk unless asked: losing the last moments before a
/// power failure costs history, not state.
public final class Journal implements AutoCloseable {

  private static final long SEGMENT_BYTES_MAX = 4 << 20;
  private static final int SEGMENTS_MAX = 16;
  private static final int DEFINITIONS_MAX = 100;

  private final SegmentedLog log;
  private final RecordWriter record = new RecordWriter(1024);
  private final List<Envelope> imports = new ArrayList<>();

  private Journal(SegmentedLog log) {
    this.log = log;
  }

  /// Opens the journal, or makes it.
  ///
  /// @param directory made with mode 0700 if it does not exist
  /// @throws RepositoryException if it cannot be used
  public static Journal open(Path directory) throws RepositoryException {
    return new Journal(SegmentedLog.open(directory, SEGMENT_BYTES_MAX, SEGMENTS_MAX));
  }

  /// The id of the last event that was written; the next one must have a higher id.
  public long lastId() {
    return log.last();
  }

  /// Appends an event and what was decided; only transitions are kept of that.
  public synchronized void append(Envelope envelope, List<Decision> decisions) {
    record.reset();
    EntryCodec.write(record, envelope, transitions(decisions), Fingerprint.of(decisions));
    log.append(envelope.id(), record);
    if (envelope.event() instanceof Event.DefinitionsImported event) {
      if (event.imports().size() <= DEFINITIONS_MAX) {
        appendDefinitions(envelope.id(), event);
      } else {
        imports.add(envelope);
      }
    }
  }

  /// What is kept of decisions.
  static List<Transition> transitions(List<Decision> decisions) {
    List<Transition> transitions = new ArrayList<>();
    for (Decision decision : decisions) {
      if (decision instanceof Decision.RecordTransition recorded) {
        transitions.add(recorded.transition());
      }
    }
    return transitions;
  }

  /// Hands everything appended to the kernel.
  ///
  /// @throws RepositoryException if it cannot be written; the next flush tries again
  public void flush() throws RepositoryException {
    log.flush();
  }

  /// Writes the definitions of large imports since the last call, for replay. Takes long for many
  /// services: the daemon calls it when it has nothing better to do.
  public synchronized void writeDefinitions() throws RepositoryException {
    for (Envelope envelope : imports) {
      if (envelope.event() instanceof Event.DefinitionsImported event) {
        appendDefinitions(envelope.id(), event);
      }
    }
    imports.clear();
    log.flush();
  }

  private void appendDefinitions(long id, Event.DefinitionsImported event) {
    List<InstanceDefinition> all =
        event.imports().stream().map(Event.InstanceImport::definition).toList();
    for (int from = 0; from < all.size(); from += DEFINITIONS_MAX) {
      int to = Math.min(all.size(), from + DEFINITIONS_MAX);
      record.reset();
      EntryCodec.writeDefinitions(record, id, all.subList(from, to));
      log.append(log.last(), record);
    }
  }

  // --- reading

  /// The event of that id with its transitions; empty if it was never written, or dropped.
  public Optional<Entry> entry(long id) throws RepositoryException {
    List<LogSegment.Handle> handles = log.segments();
    for (int i = handles.size() - 1; i >= 0; i--) {
      if (handles.get(i).first() <= id) {
        LogSegment segment = handles.get(i).read();
        for (int at = segment.find(id);
            at >= 0 && at < segment.count() && segment.number(at) == id;
            at++) {
          Optional<Entry> entry = entry(segment, at);
          if (entry.isPresent()) {
            return entry;
          }
        }
      }
    }
    return Optional.empty();
  }

  /// The latest transitions of an instance, newest first.
  public List<Transition> latest(InstanceFmri instance, int countMax) throws RepositoryException {
    return newestFirst(Search.of(instance), step -> true, Long.MIN_VALUE, countMax);
  }

  /// Transitions since a time, oldest first.
  ///
  /// @param filter which ones
  /// @param sinceEpochMillis not before; the clock may have been set back, so all segments are
  ///   looked at
  /// @param countMax the last so many
  public List<Transition> transitions(
      Predicate<Transition> filter, long sinceEpochMillis, int countMax)
      throws RepositoryException {
    List<Transition> found = newestFirst(Search.all(), filter, sinceEpochMillis, countMax);
    Collections.reverse(found);
    return found;
  }

  private List<Transition> newestFirst(
      Search search, Predicate<Transition> filter, long sinceEpochMillis, int countMax)
      throws RepositoryException {
    List<Transition> found = new ArrayList<>();
    List<LogSegment.Handle> handles = log.segments();
    for (int i = handles.size() - 1; i >= 0; i--) {
      LogSegment segment = handles.get(i).read();
      for (int at = segment.count() - 1; at >= 0; at--) {
        List<Transition> transitions = search.in(segment.record(at));
        for (int k = transitions.size() - 1; k >= 0; k--) {
          Transition transition = transitions.get(k);
          if (transition.atEpochMillis() >= sinceEpochMillis && filter.test(transition)) {
            found.add(transition);
            if (found.size() == countMax) {
              return found;
            }
          }
        }
      }
    }
    return found;
  }

  /// All entries from an id on, oldest first, with the definitions of imports where they were
  /// written.
  ///
  /// @return how many records could not be read
  public int forEach(long fromId, Predicate<Entry> visitor) throws RepositoryException {
    Map<Long, Map<InstanceFmri, InstanceDefinition>> definitions = definitions();
    int unreadable = 0;
    for (LogSegment.Handle handle : log.segments()) {
      LogSegment segment = handle.read();
      for (int at = 0; at < segment.count(); at++) {
        if (segment.number(at) < fromId) {
          continue;
        }
        try {
          RecordReader in = segment.record(at);
          if (EntryCodec.kind(in) == EntryCodec.Kind.ENTRY) {
            Entry entry = EntryCodec.entry(in, segment.number(at));
            if (!visitor.test(whole(entry, definitions))) {
              return unreadable;
            }
          }
        } catch (MalformedRecordException e) {
          unreadable++;
        }
      }
    }
    return unreadable;
  }

  private Map<Long, Map<InstanceFmri, InstanceDefinition>> definitions()
      throws RepositoryException {
    Map<Long, Map<InstanceFmri, InstanceDefinition>> all = new LinkedHashMap<>();
    for (LogSegment.Handle handle : log.segments()) {
      LogSegment segment = handle.read();
      for (int at = 0; at < segment.count(); at++) {
        readDefinitions(segment.record(at), all);
      }
    }
    return all;
  }

  private static void readDefinitions(
      RecordReader in, Map<Long, Map<InstanceFmri, InstanceDefinition>> all) {
    try {
      if (EntryCodec.kind(in) == EntryCodec.Kind.DEFINITIONS) {
        Map<InstanceFmri, InstanceDefinition> known =
            all.computeIfAbsent(EntryCodec.definitionsOf(in), id -> new LinkedHashMap<>());
        EntryCodec.definitions(in).forEach(one -> known.put(one.fmri(), one));
      }
    } catch (MalformedRecordException e) {
      // of a later version, or damaged: the import keeps its bare definitions
    }
  }

  /// The entry with the definitions of its import.
  static Entry whole(Entry entry, Map<Long, Map<InstanceFmri, InstanceDefinition>> definitions) {
    Envelope envelope = entry.envelope();
    Map<InstanceFmri, InstanceDefinition> known = definitions.get(envelope.id());
    if (known == null || !(envelope.event() instanceof Event.DefinitionsImported event)) {
      return entry;
    }
    List<Event.InstanceImport> imports =
        event.imports().stream()
            .map(one ->
                new Event.InstanceImport(
                    known.getOrDefault(one.definition().fmri(), one.definition()),
                    one.enabled(),
                    one.restored()))
            .toList();
    Event whole = new Event.DefinitionsImported(imports, event.removed());
    return new Entry(
        new Envelope(
            envelope.id(),
            envelope.atEpochMillis(),
            envelope.nanos(),
            envelope.cause(),
            envelope.actor(),
            whole),
        entry.transitions(),
        entry.fingerprint());
  }

  private static Optional<Entry> entry(LogSegment segment, int at) {
    try {
      RecordReader in = segment.record(at);
      return EntryCodec.kind(in) == EntryCodec.Kind.ENTRY
          ? Optional.of(EntryCodec.entry(in, segment.number(at)))
          : Optional.empty();
    } catch (MalformedRecordException e) {
      return Optional.empty(); // of a later version
    }
  }

  @Override
  public void close() throws RepositoryException {
    writeDefinitions();
    log.close();
  }
}
