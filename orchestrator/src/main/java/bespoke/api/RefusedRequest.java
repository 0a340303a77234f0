package bespoke.api;

/// A line that is no request that is understood here.
public final class RefusedRequest extends Exception {

  private static final long serialVersionUID = 1;

  private final ErrorKind kind;

  RefusedRequest(ErrorKind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /// The kind of error.
  public ErrorKind kind() {
    return kind;
  }

  /// The answer to send.
  public Outcome outcome() {
    return Outcome.failed(kind, String.valueOf(getMessage()));
  }
}
