package bespoke.cli;

/// What commands exit with, beside the 3 and 4 of `svcadm -s` that the daemon decides.
final class ExitStatus {

  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /// The daemon does not answer.
  static final int UNREACHABLE = 111;

  private ExitStatus() {}
}
