package bespoke.daemon;

import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.explain.boot.Boot;
import bespoke.journal.Entry;
import bespoke.model.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds the last start of the daemon at which something started, reading the journal forwards.
///
/// A daemon begins with an import that nobody asked for and nothing caused. Of each boot only the
/// first transitions are kept, so that a long life after it costs no memory.
final class BootSearch implements Predicate<Entry> {
  private static final int TRANSITIONS_MAX = 1_000_000;

  private final List<Transition> transitions = new ArrayList<>();
  private long beganEpochMillis;
  private Optional<Boot> found = Optional.empty();

  @Override
  public boolean test(Entry entry) {
    if (isBegin(entry.envelope())) {
      finish();
      beganEpochMillis = entry.envelope().atEpochMillis();
    }
    if (transitions.size() < TRANSITIONS_MAX) {
      entry.transitions().stream().filter(Boot::isRelevant).forEach(transitions::add);
    }
    return true;
  }

  private static boolean isBegin(Envelope envelope) {
    return envelope.event() instanceof Event.DefinitionsImported
        && envelope.cause() == 0
        && envelope.actor().isEmpty();
  }

  private void finish() {
    Boot boot = Boot.of(beganEpochMillis, transitions);
    if (!boot.starts().isEmpty()) {
      found = Optional.of(boot);
    }
    transitions.clear();
  }

  /// What was found when the journal was read to its end.
  Optional<Boot> found() {
    finish();
    return found;
  }
}
