package bespoke.supervisor.process;

/// The states of a process and their codes in the remote interface.
public enum ProcessState {
  STOPPED(0),
  STARTING(10),
  RUNNING(20),
  BACKOFF(30),
  STOPPING(40),
  EXITED(100),
  FATAL(200),
  UNKNOWN(1000);

  private final int code;

  ProcessState(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// Whether nothing runs and nothing will by itself.
  public boolean isStopped() {
    return this == STOPPED || this == EXITED || this == FATAL || this == UNKNOWN;
  }

  /// Whether it runs or will soon; such a process cannot be started again.
  public boolean isRunning() {
    return this == STARTING || this == RUNNING || this == BACKOFF;
  }

  /// Whether there is a process that a signal can be sent to.
  public boolean isSignallable() {
    return this == STARTING || this == RUNNING || this == STOPPING;
  }
}
