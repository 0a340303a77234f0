package bespoke.model.definition;

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

  /// Names of signal(7) without `SIG`.
  public static final Set<String> SIGNALS =
      Set.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "IOT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CLD", "CONT", "STOP", "TSTP", "TTIN",
          "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "POLL", "PWR", "SYS");

  /// The highest signal number (signal(7), real-time signals).
  public static final int SIGNAL_MAX = 64;

  private LinuxNames() {}

  /// Whether the text is a signal's name, with or without `SIG`, or its number.
  public static boolean isSignal(String text) {
    String name = text.startsWith("SIG") ? text.substring(3) : text;
    return SIGNALS.contains(name) || Values.integer(text, 1, SIGNAL_MAX).isPresent();
  }
}
