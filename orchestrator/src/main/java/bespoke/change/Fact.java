package bespoke.change;

import bespoke.model.InstanceFmri;
import java.util.Map;
import java.util.Set;

/// What happened to a change, in the past tense.
public sealed interface Fact {

  /// It was asked for, and what it needs is known.
  record Began() implements Fact {}

  /// A daemon that died had begun it; this one goes on.
  ///
  /// @param standing what was durable
  /// @param why what was durable of the reason, or empty
  /// @param times how often a daemon died over it, from 1
  record Resumed(Standing standing, String why, int times) implements Fact {}

  /// The definitions of a direction are in force.
  ///
  /// @param now how members and bystanders are; what is not there is not known
  /// @param stale the running members that were started with a configuration that asks for a
  ///   restart
  record CameIntoForce(Map<InstanceFmri, Condition> now, Set<InstanceFmri> stale) implements Fact {
    public CameIntoForce {
      now = Map.copyOf(now);
      stale = Set.copyOf(stale);
    }
  }

  /// They could not be brought into force.
  record WasRefused(String why) implements Fact {}

  /// A member or a bystander moved.
  record Moved(InstanceFmri instance, Condition now) implements Fact {}

  /// Any instance came to rest in maintenance or disabled: whoever waits may wait in vain from now.
  record CameToRest(InstanceFmri instance) implements Fact {}

  /// The refresh of a member ended well.
  record Refreshed(InstanceFmri instance) implements Fact {}

  /// The monitor method of a member answered.
  record MonitorAnswered(InstanceFmri instance, boolean isGood, String detail) implements Fact {}

  /// A wave took too long.
  ///
  /// @param number of the [Order.AwaitHealth] that is over
  record PatienceEnded(int number) implements Fact {}

  /// Somebody wants it undone.
  record RollbackRequested(String by) implements Fact {}
}
