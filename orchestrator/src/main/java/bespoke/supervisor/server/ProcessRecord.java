package bespoke.supervisor.server;

import bespoke.os.Processes;
import bespoke.supervisor.process.Moment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the next server must know of a running process to take it over if this one is killed.
///
/// @param run number of the launch; names its pipes
/// @param startTime field 22 of `/proc/PID/stat`
/// @param started on the machine's monotonic clock, which goes on when a server dies
/// @param digest of the configuration that it was started with
/// @param sharesContract whether other programs are in the same contract
/// @param isReady whether it has said, or answered, that it is ready
/// @param stdoutLog null if there is none
/// @param stderrLog null if there is none
public record ProcessRecord(
    String group,
    String name,
    long run,
    long pid,
    long startTime,
    long contract,
    Moment started,
    String digest,
    boolean sharesContract,
    boolean isReady,
    @Nullable Path stdoutLog,
    @Nullable Path stderrLog) {

  /// The same process, once it is ready.
  ProcessRecord ready() {
    return new ProcessRecord(
        group,
        name,
        run,
        pid,
        startTime,
        contract,
        started,
        digest,
        sharesContract,
        true,
        stdoutLog,
        stderrLog);
  }

  /// Its line in the [RecordJournal]: `name=value` between blanks. Written by hand, since a crashed
  /// program waits for it.
  ///
  /// @param boot of the machine, noted with it
  String text(String boot) {
    var text = new StringBuilder(512);
    put(text, "boot", boot);
    put(text, "group", group);
    put(text, "name", name);
    put(text, "run", Long.toString(run));
    put(text, "pid", Long.toString(pid));
    put(text, "start_time", Long.toString(startTime));
    put(text, "contract", Long.toString(contract));
    put(text, "started_millis", Long.toString(started.millis()));
    put(text, "started_seconds", Long.toString(started.epochSeconds()));
    put(text, "digest", digest);
    put(text, "shares_contract", Boolean.toString(sharesContract));
    put(text, "ready", Boolean.toString(isReady));
    put(text, "stdout_log", stdoutLog == null ? "" : stdoutLog.toString());
    put(text, "stderr_log", stderrLog == null ? "" : stderrLog.toString());
    return text.toString();
  }

  /// Every character that could mean something in a line is written as its number.
  private static void put(StringBuilder text, String key, String value) {
    if (!text.isEmpty()) {
      text.append(' ');
    }
    text.append(key).append('=');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > ' ' && c < 0x7f && c != '\\') {
        text.append(c);
      } else {
        text.append('\\').append(HexFormat.of().toHexDigits(c));
      }
    }
  }

  /// Reads a line.
  ///
  /// @param boot of the machine now
  /// @return empty if it is damaged or of an earlier boot
  static Optional<ProcessRecord> parse(String text, String boot) {
    try {
      Map<String, String> values = new HashMap<>();
      for (String word : text.split(" ")) {
        int equals = word.indexOf('=');
        values.put(word.substring(0, equals), unescaped(word.substring(equals + 1)));
      }
      if (!boot.equals(values.get("boot"))) {
        return Optional.empty();
      }
      return Optional.of(
          new ProcessRecord(
              value(values, "group"),
              value(values, "name"),
              number(values, "run"),
              number(values, "pid"),
              number(values, "start_time"),
              number(values, "contract"),
              new Moment(number(values, "started_millis"), number(values, "started_seconds")),
              value(values, "digest"),
              Boolean.parseBoolean(value(values, "shares_contract")),
              Boolean.parseBoolean(value(values, "ready")),
              path(values, "stdout_log"),
              path(values, "stderr_log")));
    } catch (IndexOutOfBoundsException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String unescaped(String value) {
    var text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) == '\\') {
        text.append((char) HexFormat.fromHexDigits(value, i + 1, i + 5));
        i += 4;
      } else {
        text.append(value.charAt(i));
      }
    }
    return text.toString();
  }

  private static String value(Map<String, String> values, String key) {
    return values.getOrDefault(key, "");
  }

  private static long number(Map<String, String> values, String key) {
    return Long.parseLong(value(values, key));
  }

  private static @Nullable Path path(Map<String, String> values, String key) {
    String text = value(values, key);
    return text.isEmpty() ? null : Path.of(text);
  }

  /// Whether the process is still there, and is the same one.
  boolean isAlive() {
    OptionalLong now = Processes.startTime(pid);
    return now.isPresent() && now.getAsLong() == startTime;
  }
}
