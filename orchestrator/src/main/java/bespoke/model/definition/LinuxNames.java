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

  /// Names of capabilities(7) in lower case without `CAP_`, in the order of their numbers.
  private static final List<String> CAPABILITIES_BY_NUMBER =
      List.of(
          "chown",
          "dac_override",
          "dac_read_search",
          "fowner",
          "fsetid",
          "kill",
          "setgid",
          "setuid",
          "setpcap",
          "linux_immutable",
          "net_bind_service",
          "net_broadcast",
          "net_admin",
          "net_raw",
          "ipc_lock",
          "ipc_owner",
          "sys_module",
          "sys_rawio",
          "sys_chroot",
          "sys_ptrace",
          "sys_pacct",
          "sys_admin",
          "sys_boot",
          "sys_nice",
          "sys_resource",
          "sys_time",
          "sys_tty_config",
          "mknod",
          "lease",
          "audit_write",
          "audit_control",
          "setfcap",
          "mac_override",
          "mac_admin",
          "syslog",
          "wake_alarm",
          "block_suspend",
          "audit_read",
          "perfmon",
          "bpf",
          "checkpoint_restore");

  /// Names of capabilities(7) in lower case without `CAP_`.
  public static final Set<String> CAPABILITIES = Set.copyOf(CAPABILITIES_BY_NUMBER);

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

  /// The number of a capability, by its name in [#CAPABILITIES].
  public static OptionalInt capabilityNumber(String name) {
    int index = CAPABILITIES_BY_NUMBER.indexOf(name);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }
}
