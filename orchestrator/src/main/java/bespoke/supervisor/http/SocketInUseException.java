package bespoke.supervisor.http;

/// A server's address cannot be listened on.
public final class SocketInUseException extends Exception {
  private static final long serialVersionUID = 1L;

  public SocketInUseException(String problem) {
    super(problem);
  }
}
