package bespoke.ondemand;

import bespoke.contract.ProcessExit;
import bespoke.model.PropertyGroups;

/// What an instance waits for, and what it does then. One for each instance; all calls come on the
/// restarter's loop.
public interface Occasion {

  /// Begins to wait, or goes on waiting under another configuration.
  ///
  /// @param groups the composed property groups of the running snapshot
  /// @return for people, what it waits for, such as `next run Thu 02:00`
  /// @throws NotArmedException if it cannot wait; what was armed before stays as it is
  String arm(PropertyGroups groups) throws NotArmedException;

  /// Waits no longer; harmless when it does not.
  void disarm();

  /// A process that was started by [Runs#start] has ended.
  void exited(long contract, ProcessExit exit);

  /// No process is left in a contract of this instance.
  void emptied(long contract);

  /// A contract of an earlier restarter still has processes.
  void found(long contract);
}
