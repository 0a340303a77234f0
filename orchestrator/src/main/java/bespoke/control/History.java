package bespoke.control;

import bespoke.explain.boot.Boot;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Transition;
import bespoke.plan.boot.LearnedDurations;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the journal remembers; what cannot be read counts as forgotten.
public interface History extends bespoke.explain.why.History {
  /// Transitions, oldest first.
  ///
  /// @param instances none means all
  /// @param sinceEpochMillis only later ones; 0 means all that is kept
  /// @param countMax of the last ones
  List<Transition> transitions(Set<InstanceFmri> instances, long sinceEpochMillis, int countMax);

  /// Every instance as it was at a moment, by FMRI; empty when the journal does not reach back so
  /// far.
  ///
  /// @param now how they are: what never moved since is as it was
  Optional<List<Remembered>> statesAt(long epochMillis, List<InstanceStatus> now);

  /// An instance as it was.
  ///
  /// @param next the state it was moving to, or null
  /// @param sinceEpochMillis since when; 0 when that is not remembered
  record Remembered(
      InstanceFmri instance,
      InstanceState state,
      @Nullable InstanceState next,
      long sinceEpochMillis) {}

  /// The last start of the daemon at which something started; one that only adopted what ran
  /// already does not count. Empty if none is remembered.
  Optional<Boot> lastBoot();

  /// What starts and stops took, learned from all that is remembered.
  LearnedDurations durations();
}
