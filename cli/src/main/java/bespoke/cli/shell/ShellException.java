package bespoke.cli.shell;

/// A subcommand that cannot be done; the message is for the person.
public final class ShellException extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;

  ShellException(String message) {
    this(message, 1);
  }

  ShellException(String message, int status) {
    super(message, null, false, false);
    this.status = status;
  }

  /// Words that are no subcommand; the synopsis helps.
  static ShellException syntax(String synopsis) {
    return new ShellException("Syntax error.\nUsage: " + synopsis, 1);
  }

  /// What `svccfg` exits with.
  public int status() {
    return status;
  }
}
