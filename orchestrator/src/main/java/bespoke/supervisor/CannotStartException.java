package bespoke.supervisor;

/// The server cannot start as configured; the message is for the operator.
final class CannotStartException extends Exception {
  private static final long serialVersionUID = 1L;

  CannotStartException(String problem) {
    super(problem);
  }
}
