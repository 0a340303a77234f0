package bespoke.os;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// What `/proc` tells about processes (proc(5)). Each answer may be outdated when it arrives; a
/// process that is gone gives an empty one.
public final class Processes {
  private static final Path PROC = Path.of("/proc");
  private static final int STAT_BYTES_MAX = 4096;

  /// 52 numbers, most of them short.
  static final int STAT_PIECE_BYTES = 1024;

  private static final int TEXT_BYTES_MAX = 1 << 20;

  private static final int START_TIME_FIELD = 22;

  private Processes() {}

  /// Of `/proc/PID/stat`.
  ///
  /// @param pid its process id
  /// @param command the name of the file it executes, at most 15 bytes, or what it calls itself
  /// @param state `R`, `S`, `D`, `T`, `Z` (ended, not reaped) and so on
  /// @param parent pid of its parent
  /// @param processGroup its process group
  /// @param session its session
  /// @param startTime clock ticks since boot; with the pid it names one process for good
  public record Stat(
      long pid,
      String command,
      char state,
      long parent,
      long processGroup,
      long session,
      long startTime) {

    /// Whether it has ended and waits to be reaped.
    public boolean isEnded() {
      return state == 'Z' || state == 'X';
    }
  }

  /// Our own pid.
  public static long self() {
    return ProcessHandle.current().pid();
  }

  /// All processes that can be seen, rising.
  public static LongStream all() {
    String[] names = PROC.toFile().list();
    return numbers(names == null ? new String[0] : names).sorted();
  }

  private static LongStream numbers(String[] names) {
    return Arrays.stream(names)
        .filter(name -> name.charAt(0) >= '0' && name.charAt(0) <= '9')
        .mapToLong(Long::parseLong);
  }

  /// The state of a process.
  public static Optional<Stat> stat(long pid) {
    String text = Descriptor.readPiece(of(pid, "stat"), STAT_PIECE_BYTES);
    return text == null ? Optional.empty() : parse(pid, text);
  }

  static Optional<Stat> parse(long pid, String text) {
    int open = text.indexOf('(');
    int close = text.lastIndexOf(')');
    if (open < 0 || close < open) {
      return Optional.empty();
    }
    String[] fields = text.substring(close + 2).split(" ", 21);
    if (fields.length < 21) {
      return Optional.empty();
    }
    return Optional.of(
        new Stat(
            pid,
            text.substring(open + 1, close),
            fields[0].charAt(0),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[2]),
            Long.parseLong(fields[3]),
            Long.parseLong(fields[19])));
  }

  /// When it started, in clock ticks since boot (field 22 of `/proc/PID/stat`).
  public static OptionalLong startTime(long pid) {
    String text = Descriptor.readPiece(of(pid, "stat"), STAT_PIECE_BYTES);
    return text == null ? OptionalLong.empty() : startTimeIn(text);
  }

  /// The same, of the text of `/proc/PID/stat`.
  static OptionalLong startTimeIn(String text) {
    int at = text.lastIndexOf(')');
    if (at < 0) {
      return OptionalLong.empty();
    }
    for (int field = 2; field < START_TIME_FIELD; field++) {
      at = text.indexOf(' ', at + 1);
    }
    return OptionalLong.of(Long.parseLong(text, at + 1, text.indexOf(' ', at + 1), 10));
  }

  /// Its arguments, joined by blanks; empty also for kernel threads.
  public static Optional<String> commandLine(long pid) {
    return Optional.ofNullable(Descriptor.readText(of(pid, "cmdline"), TEXT_BYTES_MAX))
        .map(text -> text.replace('\0', ' ').strip());
  }

  /// The first value of a variable in the environment that it was started with.
  ///
  /// Empty when it has none, is gone, or is not ours to read.
  public static Optional<String> variable(long pid, String name) {
    String text = Descriptor.readText(of(pid, "environ"), TEXT_BYTES_MAX);
    if (text == null) {
      return Optional.empty();
    }
    String start = name + "=";
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf('\0', at);
      end = end < 0 ? text.length() : end;
      if (text.startsWith(start, at)) {
        return Optional.of(text.substring(at + start.length(), end));
      }
      at = end + 1;
    }
    return Optional.empty();
  }

  /// Its cgroup of version 2, such as `/system.slice`; also for a process that has ended but is not
  /// reaped.
  public static Optional<String> cgroup(long pid) {
    String text = Descriptor.readText(of(pid, "cgroup"), STAT_BYTES_MAX * 4);
    return text == null
        ? Optional.empty()
        : text.lines()
            .filter(line -> line.startsWith("0::"))
            .map(line -> line.substring(3))
            .findFirst();
  }

  /// The uid of the person who logged in, however often they changed user since; empty when nobody
  /// did.
  public static OptionalLong loginUid(long pid) {
    String text = Descriptor.readText(of(pid, "loginuid"), STAT_BYTES_MAX);
    if (text == null || text.isBlank()) {
      return OptionalLong.empty();
    }
    long uid = Long.parseLong(text.strip());
    return uid == 0xffff_ffffL ? OptionalLong.empty() : OptionalLong.of(uid);
  }

  /// Its real user id.
  public static OptionalInt uid(long pid) {
    String text = Descriptor.readText(of(pid, "status"), STAT_BYTES_MAX * 4);
    return text == null
        ? OptionalInt.empty()
        : text.lines()
            .filter(line -> line.startsWith("Uid:"))
            .mapToInt(line -> Integer.parseUnsignedInt(line.split("\\s+", 3)[1]))
            .findFirst();
  }

  /// The children of all our threads. Exact as long as nobody reaps meanwhile and no thread ends.
  public static LongStream ourChildren() {
    if (!canListChildren()) {
      long self = self();
      return all().filter(pid -> stat(pid).filter(stat -> stat.parent() == self).isPresent());
    }
    return children(self());
  }

  /// Those of our children that were born to others and lost them. The kernel gives orphans, and
  /// the children of threads that end, to the first living thread of a subreaper (find_new_reaper
  /// of kernel/exit.c); in a JVM that is the one it was started with, which lives as long as the
  /// process. Exact as long as nobody reaps meanwhile. May contain children of our own.
  public static LongStream inheritedChildren() {
    String text = Descriptor.readText(of(self(), "task/" + self() + "/children"), TEXT_BYTES_MAX);
    return text == null ? ourChildren() : numbers(text);
  }

  private static LongStream numbers(String text) {
    return text.isBlank()
        ? LongStream.empty()
        : Arrays.stream(text.strip().split(" ")).mapToLong(Long::parseLong);
  }

  /// Whether the kernel lists children (CONFIG_PROC_CHILDREN).
  public static boolean canListChildren() {
    String self = Long.toString(self());
    return PROC.resolve("self/task").resolve(self).resolve("children").toFile().exists();
  }

  /// The children of a process; some may be missing when others end meanwhile. Needs
  /// [#canListChildren].
  public static LongStream children(long pid) {
    Path threads = of(pid, "task");
    String[] names = threads.toFile().list();
    if (names == null) {
      return LongStream.empty();
    }
    return Arrays.stream(names)
        .map(name -> Descriptor.readText(threads.resolve(name).resolve("children"), TEXT_BYTES_MAX))
        .filter(Objects::nonNull)
        .flatMapToLong(Processes::numbers);
  }

  /// A name of this boot of the machine: another after each reboot.
  public static String bootId() {
    String text = Descriptor.readText(PROC.resolve("sys/kernel/random/boot_id"), STAT_BYTES_MAX);
    return text == null ? "unknown" : text.strip();
  }

  private static Path of(long pid, String file) {
    return PROC.resolve(Long.toString(pid)).resolve(file);
  }
}
