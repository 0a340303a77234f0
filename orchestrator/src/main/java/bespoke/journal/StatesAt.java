package bespoke.journal;

import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.RuntimeState;
import bespoke.model.Transition;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds how instances were at a moment: reads all entries, oldest first.
///
/// The moment is the last event that happened no later, in the order of the journal: a clock that
/// was set back does not confuse it. An instance that had not moved before is as the first of its
/// later transitions found it.
public final class StatesAt implements Predicate<Entry> {
  private final long lastId;
  private final Map<InstanceFmri, Known> known = new TreeMap<>();
  private final Set<InstanceFmri> later = new HashSet<>();
  private boolean isFirstImport;
  private boolean reaches;

  /// An instance as it was.
  ///
  /// @param next the state it was moving to, or null
  /// @param sinceEpochMillis since when; 0 when that is not remembered
  public record Known(InstanceState state, @Nullable InstanceState next, long sinceEpochMillis) {}

  /// @param lastId the last event that counts, see [LastEvent]
  public StatesAt(long lastId) {
    this.lastId = lastId;
  }

  /// Finds the last event at or before a moment.
  public static final class LastEvent implements Predicate<Entry> {
    private final long epochMillis;
    private long id;

    public LastEvent(long epochMillis) {
      this.epochMillis = epochMillis;
    }

    @Override
    public boolean test(Entry entry) {
      if (entry.envelope().atEpochMillis() <= epochMillis) {
        id = entry.envelope().id();
      }
      return true;
    }

    /// Its id, 0 if there is none.
    public long id() {
      return id;
    }
  }

  @Override
  public boolean test(Entry entry) {
    boolean isBefore = entry.envelope().id() <= lastId;
    reaches |= isBefore;
    switch (entry.envelope().event()) {
      case Event.DaemonStarted _ -> isFirstImport = true;
      case Event.DefinitionsImported imported -> {
        for (Event.InstanceImport one : imported.imports()) {
          imported(one, entry.envelope().atEpochMillis(), isBefore);
        }
        isFirstImport = false;
        if (isBefore) {
          imported.removed().forEach(known::remove);
        }
      }
      default -> {} // transitions say the rest
    }
    for (Transition transition : entry.transitions()) {
      moved(transition, isBefore);
    }
    return true;
  }

  private void imported(Event.InstanceImport one, long atEpochMillis, boolean isBefore) {
    InstanceFmri fmri = one.definition().fmri();
    if (!isBefore) {
      if (one.restored().isEmpty() && !known.containsKey(fmri)) {
        later.add(fmri);
      }
      return;
    }
    if (one.restored().isPresent()) {
      RuntimeState facts = one.restored().get();
      known.put(fmri, new Known(facts.state(), facts.next(), facts.sinceEpochMillis()));
    } else if (isFirstImport || !known.containsKey(fmri)) {
      known.put(fmri, new Known(InstanceState.UNINITIALIZED, null, atEpochMillis));
    }
  }

  private void moved(Transition transition, boolean isBefore) {
    InstanceFmri fmri = transition.instance();
    if (isBefore) {
      known.put(fmri, new Known(transition.to(), transition.next(), transition.atEpochMillis()));
    } else if (!later.contains(fmri)) {
      known.putIfAbsent(fmri, new Known(transition.from(), null, 0));
    }
  }

  /// Whether anything is remembered of that time.
  public boolean reaches() {
    return reaches;
  }

  /// What is known, by FMRI.
  public Map<InstanceFmri, Known> known() {
    return Map.copyOf(known);
  }

  /// Whether an instance is known to have come only later.
  public boolean isLater(InstanceFmri instance) {
    return later.contains(instance);
  }
}
