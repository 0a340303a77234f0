package bespoke.plan;

import bespoke.model.InstanceFmri;
import bespoke.model.MethodOutcome;

/// A contract of the simulated world: a method that may run in it, and processes that it may leave.
public final class SimulatedContract {
  private final InstanceFmri instance;
  private final long id;
  private long run;
  private boolean processes;
  private boolean asked;

  SimulatedContract(InstanceFmri instance, long id, long run, boolean processes) {
    this.instance = instance;
    this.id = id;
    this.run = run;
    this.processes = processes;
  }

  /// Whose it is.
  public InstanceFmri instance() {
    return instance;
  }

  /// Its id.
  public long id() {
    return id;
  }

  /// Whether any process is in it.
  public boolean isLive() {
    return run != 0 || processes;
  }

  /// Its service was asked to stop by a stop method.
  void ask() {
    asked = true;
  }

  boolean wasAsked() {
    return asked;
  }

  long run() {
    return run;
  }

  boolean isRunning(long candidate) {
    return run == candidate;
  }

  void methodEnded(long ended, MethodOutcome outcome) {
    if (run == ended) {
      run = 0;
      if (!(outcome instanceof MethodOutcome.Exited(int status) && status == 0)) {
        processes = processes && outcome instanceof MethodOutcome.Exited;
      }
    }
  }
}
