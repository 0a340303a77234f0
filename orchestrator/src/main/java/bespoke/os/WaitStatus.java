package bespoke.os;

/// How a child ended, as wait(2) encodes it.
///
/// @param raw the status word
public record WaitStatus(int raw) {
  private static final int CODE_EXITED = 1;
  private static final int CODE_DUMPED = 3;
  private static final int DUMPED = 0x80;

  static WaitStatus ofSignalInfo(int code, int status) {
    return switch (code) {
      case CODE_EXITED -> new WaitStatus((status & 0xff) << 8);
      case CODE_DUMPED -> new WaitStatus(status | DUMPED);
      default -> new WaitStatus(status);
    };
  }

  /// Whether it ended by itself.
  public boolean isExited() {
    return (raw & 0x7f) == 0;
  }

  /// The exit status, 0 to 255, if it ended by itself.
  public int exitStatus() {
    return (raw >> 8) & 0xff;
  }

  /// The signal that ended it, or 0.
  public int signal() {
    return raw & 0x7f;
  }

  /// Whether it dumped core.
  public boolean isCoreDumped() {
    return !isExited() && (raw & DUMPED) != 0;
  }
}
