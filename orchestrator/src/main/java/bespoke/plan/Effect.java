package bespoke.plan;

import bespoke.model.InstanceFmri;
import java.time.Duration;
import java.util.List;

/// What becomes of one instance in a plan.
///
/// @param instance whose
/// @param kind what happens
/// @param wave in which it is over, from 1; 0 for what stays
/// @param at how long after the request it is over
/// @param from its state before, as a word
/// @param to its state afterwards, as a word
/// @param why a clause without a full stop
/// @param path how the effect reached it: the instances from the one that began, itself excluded
/// @param lost why it does not run afterwards though it is enabled, or of one that stays why it
///   could not start again, a clause; or empty
public record Effect(
    InstanceFmri instance,
    Kind kind,
    int wave,
    Duration at,
    String from,
    String to,
    String why,
    List<InstanceFmri> path,
    String lost) {
  public Effect {
    path = List.copyOf(path);
  }

  /// What happens to an instance.
  public enum Kind {
    START,
    RESTART,
    REFRESH,
    STOP,
    /// Its state changes, but it ran neither before nor afterwards, or still runs.
    CHANGE,
    /// It is forgotten.
    DELETE,
    /// Something that it depends on goes down, and yet it runs on.
    STAY;

    /// Whether anything happens.
    public boolean isChange() {
      return this != STAY;
    }

    /// Whether the instance goes down, if only for a moment.
    public boolean isInterruption() {
      return this == STOP || this == RESTART;
    }
  }

  /// Whether it should run afterwards and does not.
  public boolean isLost() {
    return !lost.isEmpty();
  }
}
