package bespoke.supervisor.server;

import bespoke.os.Processes;
import bespoke.supervisor.config.ProcessConfig;
import bespoke.supervisor.process.Moment;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
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

  /// The text of its file; the machine's boot is noted with it.
  String text() {
    var values = new Properties();
    values.setProperty("boot", Processes.bootId());
    values.setProperty("group", group);
    values.setProperty("name", name);
    values.setProperty("run", Long.toString(run));
    values.setProperty("pid", Long.toString(pid));
    values.setProperty("start_time", Long.toString(startTime));
    values.setProperty("contract", Long.toString(contract));
    values.setProperty("started_millis", Long.toString(started.millis()));
    values.setProperty("started_seconds", Long.toString(started.epochSeconds()));
    values.setProperty("digest", digest);
    values.setProperty("shares_contract", Boolean.toString(sharesContract));
    values.setProperty("ready", Boolean.toString(isReady));
    values.setProperty("stdout_log", stdoutLog == null ? "" : stdoutLog.toString());
    values.setProperty("stderr_log", stderrLog == null ? "" : stderrLog.toString());
    var out = new StringWriter();
    try {
      values.store(out, null);
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail", e);
    }
    return out.toString();
  }

  /// Reads the text of a file.
  ///
  /// @return empty if it is damaged or of an earlier boot of the machine
  static Optional<ProcessRecord> parse(String text) {
    var values = new Properties();
    try {
      values.load(new StringReader(text));
      if (!Processes.bootId().equals(values.getProperty("boot"))) {
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
