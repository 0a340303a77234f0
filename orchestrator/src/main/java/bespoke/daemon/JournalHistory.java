package bespoke.daemon;

import bespoke.control.History;
import bespoke.engine.Decision;
import bespoke.engine.Envelope;
import bespoke.explain.boot.Boot;
import bespoke.journal.Entry;
import bespoke.journal.Journal;
import bespoke.journal.StatesAt;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.RuntimeState;
import bespoke.model.Transition;
import bespoke.plan.boot.LearnedDurations;
import bespoke.repository.RepositoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The journal, written by the engine thread and read by who asks for history.
///
/// One that cannot be written or read (no space, damage) is complained of once and never stops
/// anything: history is then incomplete.
final class JournalHistory implements History, DurableLedger.Journalling {
  private final Journal journal;
  private final BiConsumer<Boolean, String> log;
  private final Object learning = new Object();

  /// What was learned so far, once somebody asked; goes on learning from then on.
  private @Nullable LearnedDurations learned;

  private volatile boolean broken;

  JournalHistory(Journal journal, BiConsumer<Boolean, String> log) {
    this.journal = journal;
    this.log = log;
  }

  @Override
  public void append(Envelope envelope, List<Decision> decisions) {
    journal.append(envelope, decisions);
    synchronized (learning) {
      if (learned != null) {
        for (Decision decision : decisions) {
          if (decision instanceof Decision.RecordTransition(Transition transition)) {
            learned.observe(transition);
          }
        }
      }
    }
  }

  @Override
  public void flush() {
    try {
      journal.flush();
      broken = false;
    } catch (RepositoryException e) {
      complain(e);
    }
  }

  private void complain(RepositoryException e) {
    if (!broken) {
      broken = true;
      log.accept(true, String.valueOf(e.getMessage()));
    }
  }

  /// A look into the journal.
  @FunctionalInterface
  private interface Look<T> {
    T get() throws RepositoryException;
  }

  private <T> T look(Look<T> look, T otherwise) {
    try {
      return look.get();
    } catch (RepositoryException e) {
      complain(e);
      return otherwise;
    }
  }

  @Override
  public Optional<Envelope> event(long id) {
    return look(() -> journal.entry(id), Optional.<Entry>empty()).map(Entry::envelope);
  }

  @Override
  public List<Transition> transitionsOf(long event) {
    return look(() -> journal.entry(event), Optional.<Entry>empty())
        .map(Entry::transitions)
        .orElse(List.of());
  }

  @Override
  public List<Transition> latest(InstanceFmri instance, int countMax) {
    return look(() -> journal.latest(instance, countMax), List.of());
  }

  @Override
  public List<Transition> transitions(
      Set<InstanceFmri> instances, long sinceEpochMillis, int countMax) {
    return look(
        () ->
            journal.transitions(
                transition -> instances.isEmpty() || instances.contains(transition.instance()),
                sinceEpochMillis,
                countMax),
        List.of());
  }

  /// All that is remembered, oldest first.
  ///
  /// @return how many records could not be read
  int forEach(Predicate<Entry> visitor) throws RepositoryException {
    return journal.forEach(0, visitor);
  }

  @Override
  public Optional<List<Remembered>> statesAt(long epochMillis, List<InstanceStatus> now) {
    StatesAt.LastEvent last = new StatesAt.LastEvent(epochMillis);
    look(() -> journal.forEach(0, last), 0);
    StatesAt states = new StatesAt(last.id());
    look(() -> journal.forEach(0, states), 0);
    if (!states.reaches()) {
      return Optional.empty();
    }
    Map<InstanceFmri, StatesAt.Known> known = new TreeMap<>(states.known());
    for (InstanceStatus status : now) {
      RuntimeState runtime = status.runtime();
      if (runtime.sinceEpochMillis() <= epochMillis && !states.isLater(status.fmri())) {
        known.putIfAbsent(
            status.fmri(),
            new StatesAt.Known(runtime.state(), runtime.next(), runtime.sinceEpochMillis()));
      }
    }
    List<Remembered> remembered = new ArrayList<>(known.size());
    known.forEach((fmri, it) ->
        remembered.add(new Remembered(fmri, it.state(), it.next(), it.sinceEpochMillis())));
    return Optional.of(remembered);
  }

  @Override
  public Optional<Boot> lastBoot() {
    BootSearch search = new BootSearch();
    look(() -> journal.forEach(0, search), 0);
    return search.found();
  }

  @Override
  public LearnedDurations durations() {
    synchronized (learning) {
      if (learned != null) {
        return learned.copy();
      }
    }
    LearnedDurations all = read(); // not under the lock, which the engine takes
    synchronized (learning) {
      learned = all;
      return all.copy();
    }
  }

  private LearnedDurations read() {
    LearnedDurations all = new LearnedDurations();
    look(
        () ->
            journal.forEach(
                0,
                entry -> {
                  entry.transitions().forEach(all::observe);
                  return true;
                }),
        0);
    return all;
  }
}
