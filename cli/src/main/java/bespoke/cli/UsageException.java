package bespoke.cli;

/// Arguments that do not fit together: message, usage, exit status 2.
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message, null, false, false);
  }
}
