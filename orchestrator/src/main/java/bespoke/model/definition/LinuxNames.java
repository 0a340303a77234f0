package bespoke.model.definition;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// The names that Linux gives to limits, capabilities and signals (setrlimit(2), capabilities(7),
/// signal(7)), as definitions write them.
public final class LinuxNames {

  /// Names of setrlimit(2) in lower case without `RLIMIT_`.
  public static final Set<String> LIMITS =
      Set.of(
          "as",
          "core",
          "cpu",
          "data",
          "fsize",
          "locks",
          "memlock",
          "msgqueue",
          "nice",
          "nofile",
          "nproc",
          "rss",
          "rtprio",
          "rttime",
          "sigpending",
          "stack");

  /// Names of capabilities(7) in lower case without `CAP_`.
  public static final Set<String> CAPABILITIES =
      Set.of(
          "audit_control",
          "audit_read",
          "audit_write",
          "block_suspend",
          "bpf",
          "checkpoint_restore",
          "chown",
          "dac_override",
          "dac_read_search",
          "fowner",
          "fsetid",
          "ipc_lock",
          "ipc_owner",
          "kill",
          "lease",
          "linux_immutable",
          "mac_admin",
          "mac_override",
          "mknod",
          "net_admin",
          "net_bind_service",
          "net_broadcast",
          "net_raw",
          "perfmon",
          "setfcap",
          "setgid",
          "setpcap",
          "setuid",
          "sys_admin",
          "sys_boot",
          "sys_chroot",
          "sys_module",
          "sys_nice",
          "sys_pacct",
          "sys_ptrace",
          "sys_rawio",
          "sys_resource",
          "sys_time",
          "sys_tty_config",
          "syslog",
          "wake_alarm");

  /// Names of signal(7) without `SIG`, in the order of their numbers from 1 on.
  private static final List<String> SIGNALS_BY_NUMBER =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private static final Map<String, String> OTHER_SIGNAL_NAMES =
      Map.of("IOT", "ABRT", "CLD", "CHLD", "POLL", "IO");

  /// The highest signal number (signal(7), real-time signals).
  public static final int SIGNAL_MAX = 64;

  private LinuxNames() {}

  /// Whether the text is a signal's name, with or without `SIG`, or its number.
  public static boolean isSignal(String text) {
    return signalNumber(text).isPresent() || Values.integer(text, 1, SIGNAL_MAX).isPresent();
  }

  /// The number of a signal.
  ///
  /// @param text its name, with or without `SIG`
  public static OptionalInt signalNumber(String text) {
    String name = text.startsWith("SIG") ? text.substring(3) : text;
    int index = SIGNALS_BY_NUMBER.indexOf(OTHER_SIGNAL_NAMES.getOrDefault(name, name));
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index + 1);
  }
}
