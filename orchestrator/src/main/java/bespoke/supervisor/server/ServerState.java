package bespoke.supervisor.server;

/// The states of the whole server and their codes in the remote interface.
public enum ServerState {
  RUNNING(1),
  RESTARTING(0),
  SHUTDOWN(-1);

  private final int code;

  ServerState(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
