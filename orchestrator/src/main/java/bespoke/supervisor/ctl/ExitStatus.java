package bespoke.supervisor.ctl;

/// The exit statuses of the client, after the Linux Standard Base.
final class ExitStatus {
  static final int GENERIC = 1;
  static final int INVALID_ARGUMENTS = 2;
  static final int STATUS_NOT_RUNNING = 3;
  static final int UNIMPLEMENTED = 3;
  static final int STATUS_UNKNOWN = 4;
  static final int REFUSED = 4;
  static final int NOT_INSTALLED = 5;
  static final int NOT_RUNNING = 7;

  private ExitStatus() {}
}
