package bespoke.supervisor.server;

import bespoke.os.Processes;
import bespoke.supervisor.config.ProcessConfig;
import bespoke.supervisor.process.Moment;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
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

  /// The text of its file, in the format of [Properties]; written by hand, since a crashed program
  /// waits for it.
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

  /// Every character that could mean something to [Properties#load] is written as its number.
  private static void put(StringBuilder text, String key, String value) {
    text.append(key).append('=');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > ' ' && c < 0x7f && c != '\\') {
        text.append(c);
      } else {
        text.append("\\u").append(HexFormat.of().toHexDigits(c));
      }
    }
    text.append('\n');
  }

  /// Reads the text of a file.
  ///
  /// @param boot of the machine now
  /// @return empty if it is damaged or of an earlier boot
  static Optional<ProcessRecord> parse(String text, String boot) {
    var values = new Properties();
    try {
      values.load(new StringReader(text));
      if (!boot.equals(values.getProperty("boot"))) {
        return Optional.empty();
      }
      return Optional.of(
          new ProcessRecord(
              values.getProperty("group", ""),
              values.getProperty("name", ""),
              number(values, "run"),
              number(values, "pid"),
              number(values, "start_time"),
              number(values, "contract"),
              new Moment(number(values, "started_millis"), number(values, "started_seconds")),
              values.getProperty("digest", ""),
              Boolean.parseBoolean(values.getProperty("shares_contract", "")),
              Boolean.parseBoolean(values.getProperty("ready", "")),
              path(values, "stdout_log"),
              path(values, "stderr_log")));
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static long number(Properties values, String key) {
    return Long.parseLong(values.getProperty(key, ""));
  }

  private static @Nullable Path path(Properties values, String key) {
    String text = values.getProperty(key, "");
    return text.isEmpty() ? null : Path.of(text);
  }

  /// Whether the process is still there, and is the same one.
  boolean isAlive() {
    OptionalLong now = Processes.startTime(pid);
    return now.isPresent() && now.getAsLong() == startTime;
  }

  /// A short text that is equal for equal configurations only.
  static String digestOf(ProcessConfig config) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(config.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
