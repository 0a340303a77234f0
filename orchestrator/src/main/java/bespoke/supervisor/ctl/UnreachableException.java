package bespoke.supervisor.ctl;

/// The server cannot be asked.
final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  /// Why not.
  enum Kind {
    NO_SUCH_FILE,
    REFUSED,
    NOT_AUTHORIZED,
    OTHER
  }

  private final Kind kind;

  UnreachableException(Kind kind, String problem) {
    super(problem);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
