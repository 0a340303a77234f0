package bespoke.restarter;

import bespoke.model.InstanceFmri;

/// What the restarter knows of a contract that it uses: whose it is, and what was done to it.
final class ContractUse {

  private final InstanceFmri instance;
  private final long primary;
  private volatile long cause;
  private volatile long questionCause;
  private volatile boolean isKilled;
  private volatile long run;

  /// @param primary the instance's own contract: this one, or the one that its method works for
  ContractUse(InstanceFmri instance, long primary) {
    this.instance = instance;
    this.primary = primary;
  }

  InstanceFmri instance() {
    return instance;
  }

  long primary() {
    return primary;
  }

  /// The event that led to the last signal or kill; 0 when nothing was done, so that what happens
  /// comes about by itself.
  long cause() {
    return cause;
  }

  /// The event to blame for its emptiness: a signal or kill, or else whoever asked for it.
  long emptinessCause() {
    return cause != 0 ? cause : questionCause;
  }

  /// Whether everything in it is being killed, so that its members' deaths are no news.
  boolean isKilled() {
    return isKilled;
  }

  /// The last run of a method in it, ended or not; 0 for none. One method runs at a time.
  long run() {
    return run;
  }

  void runs(long newRun) {
    run = newRun;
  }

  void awaited(long by) {
    questionCause = by;
  }

  void disturbed(long by) {
    cause = by;
  }

  void killed(long by) {
    cause = by;
    isKilled = true;
  }
}
