package bespoke.explain;

import java.util.List;

/// What signals are called (strsignal(3), signal(7) on Linux).
public final class Signals {

  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private static final List<String> TEXTS =
      List.of(
          "Hangup",
          "Interrupt",
          "Quit",
          "Illegal instruction",
          "Trace/breakpoint trap",
          "Aborted",
          "Bus error",
          "Floating point exception",
          "Killed",
          "User defined signal 1",
          "Segmentation fault",
          "User defined signal 2",
          "Broken pipe",
          "Alarm clock",
          "Terminated",
          "Stack fault",
          "Child exited",
          "Continued",
          "Stopped (signal)",
          "Stopped",
          "Stopped (tty input)",
          "Stopped (tty output)",
          "Urgent I/O condition",
          "CPU time limit exceeded",
          "File size limit exceeded",
          "Virtual timer expired",
          "Profiling timer expired",
          "Window changed",
          "I/O possible",
          "Power failure",
          "Bad system call");

  private Signals() {}

  /// The text of a signal, for example `Killed`, or empty if it has none.
  public static String text(int signal) {
    return signal >= 1 && signal <= TEXTS.size() ? TEXTS.get(signal - 1) : "";
  }

  /// The name of a signal, for example `SIGKILL`, or its number.
  public static String name(int signal) {
    return signal >= 1 && signal <= NAMES.size() ? "SIG" + NAMES.get(signal - 1) : "" + signal;
  }
}
