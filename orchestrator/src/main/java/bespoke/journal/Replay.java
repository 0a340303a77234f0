package bespoke.journal;

import bespoke.engine.Decision;
import bespoke.engine.Engine;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.model.InstanceDefinition;
import bespoke.model.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The recorded world: gives an engine the events of a journal and compares what it decides with
/// what was decided then.
///
/// It begins with the first [Event.DaemonStarted]; what lies before belongs to a daemon whose
/// beginning the journal has dropped. An import whose definitions were never written (the daemon
/// was killed at once after a large one, or an older version wrote less of them) ends the replay
/// until the next daemon started.
public final class Replay implements Predicate<Entry> {
  private static final int DIFFERENCES_MAX = 10;

  private final UnaryOperator<Transition> written;
  private final List<String> differences = new ArrayList<>();
  private Engine engine = new Engine();
  private boolean isRunning;
  private long replayed;
  private long skipped;
  private long transitions;
  private int daemons;
  private int different;

  /// Of a journal as the daemon wrote it.
  public Replay() {
    this(UnaryOperator.identity());
  }

  /// @param written how transitions were changed before they were written, such as by taking out
  ///   secrets
  public Replay(UnaryOperator<Transition> written) {
    this.written = written;
  }

  @Override
  public boolean test(Entry entry) {
    Event event = entry.envelope().event();
    if (event instanceof Event.DaemonStarted) {
      engine = new Engine();
      isRunning = true;
      daemons++;
    } else if (isIncomplete(event)) {
      isRunning = false;
    }
    if (isRunning) {
      replay(entry);
    } else {
      skipped++;
    }
    return true;
  }

  private static boolean isIncomplete(Event event) {
    return event instanceof Event.DefinitionsImported imported
        && imported.imports().stream()
            .anyMatch(
                it -> it.definition().equals(InstanceDefinition.bare(it.definition().fmri())));
  }

  private void replay(Entry entry) {
    replayed++;
    transitions += entry.transitions().size();
    List<Decision> decisions = engine.handle(entry.envelope());
    engine.takeTouched();
    List<Transition> now = Journal.transitions(decisions).stream().map(written).toList();
    if (!now.equals(entry.transitions())) {
      differ(entry.envelope(), "moved " + now + " rather than " + entry.transitions());
    } else if (entry.fingerprint() != Fingerprint.UNKNOWN
        && entry.fingerprint() != Fingerprint.of(decisions)) {
      differ(entry.envelope(), "decided otherwise: " + decisions);
    }
  }

  private void differ(Envelope envelope, String what) {
    different++;
    if (differences.size() < DIFFERENCES_MAX) {
      differences.add("event " + envelope.id() + ", " + envelope.event() + ": " + what);
    }
  }

  /// The engine as the last event left it.
  public Engine engine() {
    return engine;
  }

  /// Events that were replayed.
  public long replayed() {
    return replayed;
  }

  /// Events that could not be: their daemon's beginning is not in the journal.
  public long skipped() {
    return skipped;
  }

  /// Transitions in the events that were replayed.
  public long transitions() {
    return transitions;
  }

  /// How many daemons began.
  public int daemons() {
    return daemons;
  }

  /// Events at which the engine decided otherwise.
  public int different() {
    return different;
  }

  /// The first of them, a sentence each.
  public List<String> differences() {
    return List.copyOf(differences);
  }
}
