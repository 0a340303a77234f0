package bespoke.engine;

/// The exit statuses of methods that mean something (smf_method(7); smf.md 5.13).
final class ExitCodes {
  static final int OK = 0;

  /// Success; the contract is not watched.
  static final int NODAEMON = 94;

  static final int ERR_FATAL = 95;
  static final int ERR_CONFIG = 96;

  /// Success, but degraded.
  static final int MON_DEGRADE = 97;

  static final int ERR_NOSMF = 99;
  static final int ERR_PERM = 100;

  /// Disable the instance temporarily.
  static final int TEMP_DISABLE = 101;

  private ExitCodes() {}

  /// Trying again cannot help.
  static boolean isFatal(int status) {
    return status == ERR_FATAL || status == ERR_CONFIG || status == ERR_NOSMF || status == ERR_PERM;
  }
}
