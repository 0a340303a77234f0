package bespoke.cli.shell;

/// A subcommand that cannot be done; the message is for the person.
public final class ShellException extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;
  private final int line;

  ShellException(String message) {
    this(message, 1, 0);
  }

  ShellException(String message, int status) {
    this(message, status, 0);
  }

  private ShellException(String message, int status, int line) {
    super(message, null, false, false);
    this.status = status;
    this.line = line;
  }

  /// A subcommand that went well, and says so by its exit status alone.
  static ShellException status(int status) {
    return new ShellException("", status);
  }

  /// With an exit status of its own.
  static ShellException failed(String message, int status) {
    return new ShellException(message, status);
  }

  /// Words that are no subcommand; the synopsis helps.
  static ShellException syntax(String synopsis) {
    return new ShellException("Syntax error.\nUsage: " + synopsis);
  }

  /// What `svccfg` exits with.
  public int status() {
    return status;
  }

  /// Which line of the script it is about; 0 for the one that is being executed.
  public int line() {
    return line;
  }

  /// The same, about a line.
  ShellException at(int number) {
    return new ShellException(String.valueOf(getMessage()), status, number);
  }
}
