package bespoke.plan.boot;

import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Transition;
import bespoke.plan.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What starts and stops took, learned from transitions in the order in which they were recorded.
///
/// Of each instance the last 15 are kept, of so many instances at most. A start counts from the
/// attempt that succeeded, so that delays between attempts are not learned.
public final class LearnedDurations implements Durations {
  private static final int INSTANCES_MAX = 100_000;

  private final Map<InstanceFmri, Observed> observed = new HashMap<>();

  /// What was seen of one instance; times are in milliseconds since 1970 UTC, negative for none.
  private static final class Observed {
    private final Window starts;
    private final Window stops;
    private long startBegan = -1;
    private long stopBegan = -1;

    Observed(Window starts, Window stops) {
      this.starts = starts;
      this.stops = stops;
    }

    Observed copy() {
      Observed copy = new Observed(starts.copy(), stops.copy());
      copy.startBegan = startBegan;
      copy.stopBegan = stopBegan;
      return copy;
    }
  }

  /// The same, to be kept while this one goes on learning.
  public LearnedDurations copy() {
    LearnedDurations copy = new LearnedDurations();
    observed.forEach((fmri, one) -> copy.observed.put(fmri, one.copy()));
    return copy;
  }

  /// Learns from a transition.
  public void observe(Transition transition) {
    Observed instance = of(transition);
    if (instance == null) {
      return;
    }
    boolean was = transition.from().isRunning();
    boolean is = transition.to().isRunning();
    long at = transition.atEpochMillis();
    if (is && !was) {
      addTo(instance.starts, instance.startBegan, at);
    } else if (was && !is) {
      addTo(instance.stops, instance.stopBegan, at);
    }
    InstanceState next = transition.next();
    instance.startBegan = !is && next == InstanceState.ONLINE ? at : -1;
    if (!is) {
      instance.stopBegan = -1;
    } else if (next != null && !next.isRunning() && instance.stopBegan < 0) {
      instance.stopBegan = at;
    }
  }

  private @Nullable Observed of(Transition transition) {
    InstanceFmri fmri = transition.instance();
    Observed known = observed.get(fmri);
    if (known == null && observed.size() < INSTANCES_MAX) {
      known = new Observed(new Window(), new Window());
      observed.put(fmri, known);
    }
    return known;
  }

  /// A clock that was set back teaches nothing.
  private static void addTo(Window window, long began, long ended) {
    if (began >= 0 && ended >= began) {
      window.add(ended - began);
    }
  }

  @Override
  public Expected of(InstanceFmri instance) {
    Observed known = observed.get(instance);
    if (known == null) {
      return Expected.GUESSED;
    }
    boolean hasStarted = !known.starts.isEmpty();
    return new Expected(
        hasStarted ? known.starts.median() : Expected.GUESSED.start(),
        known.stops.isEmpty() ? Expected.GUESSED.stop() : known.stops.median(),
        Expected.GUESSED.refresh(),
        hasStarted);
  }

  /// How far its starts usually are from their median; zero if none was seen.
  public Duration spread(InstanceFmri instance) {
    Observed known = observed.get(instance);
    return known == null || known.starts.isEmpty() ? Duration.ZERO : known.starts.spread();
  }
}
