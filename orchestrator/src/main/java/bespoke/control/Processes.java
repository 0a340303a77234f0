package bespoke.control;

import bespoke.api.ProcessRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `/proc` tells of the processes of a contract (proc(5)): start time, name, arguments.
final class Processes {
  private static final int COMMAND_MAX = 15;
  private static final int ARGUMENTS_MAX = 80;
  private static final int STAT_BYTES_MAX = 4096;
  private static final long TICKS_PER_SECOND = 100; // USER_HZ, the same on all of our platforms
  private static final int START_TIME_FIELD = 19; // counted from the one behind the name

  private Processes() {}

  /// Records of those that are still there.
  static List<ProcessRecord> records(List<Long> pids) {
    if (pids.isEmpty()) {
      return List.of();
    }
    long boot = bootEpochMillis();
    List<ProcessRecord> records = new ArrayList<>(pids.size());
    for (long pid : pids) {
      record(pid, boot).ifPresent(records::add);
    }
    return records;
  }

  private static Optional<ProcessRecord> record(long pid, long boot) {
    try {
      String stat = read(Path.of("/proc", Long.toString(pid), "stat"), STAT_BYTES_MAX);
      int open = stat.indexOf('(');
      int close = stat.lastIndexOf(')');
      String command = stat.substring(open + 1, close);
      String[] fields = stat.substring(close + 2).split(" ");
      long start = boot + Long.parseLong(fields[START_TIME_FIELD]) * 1000 / TICKS_PER_SECOND;
      String arguments =
          read(Path.of("/proc", Long.toString(pid), "cmdline"), ARGUMENTS_MAX)
              .replace('\0', ' ')
              .strip();
      return Optional.of(
          new ProcessRecord(
              pid,
              start,
              command.substring(0, Math.min(command.length(), COMMAND_MAX)),
              arguments.isEmpty() ? command : arguments));
    } catch (IOException | RuntimeException gone) {
      return Optional.empty();
    }
  }

  private static long bootEpochMillis() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/stat"), StandardCharsets.UTF_8)) {
        if (line.startsWith("btime ")) {
          return Long.parseLong(line.substring("btime ".length()).strip()) * 1000;
        }
      }
    } catch (IOException | NumberFormatException unknown) {
      // Start times are then counted from 1970; nothing else suffers.
    }
    return 0;
  }

  private static String read(Path file, int bytesMax) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(bytesMax), StandardCharsets.UTF_8);
    }
  }
}
