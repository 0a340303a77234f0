package bespoke.explain;

/// How a process ended, from its raw wait status (wait(2)), in the words of svcs(1) `-x`.
///
/// @param raw the wait status
record WaitStatus(int raw) {

  private static final int ERR_FATAL = 95;
  private static final int ERR_CONFIG = 96;

  boolean isExit() {
    return (raw & 0x7f) == 0;
  }

  int exitStatus() {
    return raw >> 8 & 0xff;
  }

  int signal() {
    return raw & 0x7f;
  }

  boolean isCore() {
    return (raw & 0x80) != 0;
  }

  /// `exited with status 1`, `died on Killed (9)`, …
  String how() {
    if (isExit()) {
      return switch (exitStatus()) {
        case ERR_CONFIG -> "exited with $SMF_EXIT_ERR_CONFIG";
        case ERR_FATAL -> "exited with $SMF_EXIT_ERR_FATAL";
        default -> "exited with status " + exitStatus();
      };
    }
    return (isCore() ? "dumped core " : "died ") + signalText();
  }

  private String signalText() {
    String name = Signals.text(signal());
    if (name.isEmpty()) {
      return isCore() ? "signal " + signal() : "on signal " + signal();
    }
    return "on " + name + " (" + signal() + ")";
  }
}
