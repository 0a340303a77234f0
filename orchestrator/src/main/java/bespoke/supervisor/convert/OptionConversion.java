package bespoke.supervisor.convert;

import static bespoke.supervisor.convert.ConversionNote.Kind.APPROXIMATED;
import static bespoke.supervisor.convert.ConversionNote.Kind.DROPPED;
import static bespoke.supervisor.convert.ConversionNote.Kind.EXACT;

import bespoke.supervisor.config.Check;
import bespoke.supervisor.config.Dependencies;
import bespoke.supervisor.config.Limits;
import bespoke.supervisor.config.LogFormat;
import bespoke.supervisor.config.ProcessConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options that supervisord does not know, as parts of an instance: readiness, health, limits,
/// dependencies and restart limits.
final class OptionConversion {
  private final ProcessConfig process;
  private final List<ConversionNote> notes = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  private OptionConversion(ProcessConfig process) {
    this.process = process;
  }

  /// What an instance gets, and what is said about it.
  ///
  /// @param monitor an entry of its methods; empty = none
  /// @param lines further parts of the instance, indented
  record Result(String monitor, List<String> lines, List<ConversionNote> notes) {
    Result {
      lines = List.copyOf(lines);
      notes = List.copyOf(notes);
    }
  }

  static Result convert(ProcessConfig process) {
    var conversion = new OptionConversion(process);
    conversion.readiness();
    conversion.dependencies();
    conversion.resources();
    conversion.restarts();
    String monitor = conversion.monitor();
    conversion.formats();
    return new Result(monitor, conversion.lines, conversion.notes);
  }

  private void note(ConversionNote.Kind kind, String subject, String text) {
    notes.add(new ConversionNote(kind, process.program(), subject, text));
  }

  private void readiness() {
    Check.Checks checks = process.checks();
    Check readiness = checks.readiness();
    if (readiness != null) {
      lines.add(
          "    readiness: {"
              + question(readiness)
              + ", timeout_seconds: "
              + checks.readinessSeconds()
              + (readiness instanceof Check.Notify
                  ? ""
                  : ", probe_timeout_seconds: " + checks.timeoutSeconds())
              + "}\n");
      note(EXACT, "readiness", "kept");
    }
  }

  private String monitor() {
    Check.Checks checks = process.checks();
    Check health = checks.health();
    if (health == null) {
      return "";
    }
    note(EXACT, "health", "a monitor method that restarts it");
    return "      monitor: {"
        + question(health)
        + ", interval_seconds: "
        + checks.healthIntervalSeconds()
        + ", timeout_seconds: "
        + checks.timeoutSeconds()
        + ", failures: "
        + checks.healthFailures()
        + ", on_failure: restart}\n";
  }

  private static String question(Check check) {
    return switch (check) {
      case Check.Tcp(String host, int port) -> "tcp: " + Scalar.quoted(host + ":" + port);
      case Check.Http(String host, int port, String path) ->
          "http: " + Scalar.quoted(("http://" + host + ":" + port + path).replace("%", "%%"));
      case Check.Exec(var words) -> "exec: " + Scalar.quoted(Scalar.commandLine(words));
      case Check.Notify() -> "notify: sd_notify";
    };
  }

  private void dependencies() {
    Dependencies dependencies = process.dependencies();
    if (dependencies.services().isEmpty()) {
      return;
    }
    lines.add("    dependencies:\n");
    dependencies
        .services()
        .forEach((grouping, names) ->
            lines.add(
                "      "
                    + grouping.replace('_', '-')
                    + ": {grouping: "
                    + grouping
                    + ", restart_on: "
                    + dependencies.restartOn()
                    + ", services: ["
                    + String.join(", ", names.stream().map(Scalar::quoted).toList())
                    + "]}\n"));
    note(EXACT, String.join(", ", dependencies.services().keySet()) + ", restart_on", "kept");
  }

  private void resources() {
    Limits limits = process.context().limits();
    var resources = new ArrayList<String>();
    if (limits.memoryMaxBytes() > 0) {
      resources.add("memory_max: " + limits.memoryMaxBytes());
    }
    if (limits.cpuMaxPercent() > 0) {
      resources.add("cpu_max: " + limits.cpuMaxPercent() + "%");
    }
    if (limits.processesMax() > 0) {
      resources.add("pids_max: " + limits.processesMax());
    }
    if (!resources.isEmpty()) {
      lines.add("    resources: {" + String.join(", ", resources) + "}\n");
      note(EXACT, "memory_max, cpu_max, pids_max", "kept");
    }
  }

  private void restarts() {
    var start = process.start();
    var startd = new ArrayList<String>();
    if (start.restartDelaySeconds() > 0) {
      startd.add("restart_delay: " + start.restartDelaySeconds());
      note(EXACT, "restart_delay", "kept");
    }
    if (start.restartLimit() > 0) {
      startd.add("critical_failure_count: " + start.restartLimit());
      startd.add("critical_failure_period: " + start.restartWindowSeconds());
      note(APPROXIMATED, "restart_limit", "counts failures, not every restart");
    }
    if (!startd.isEmpty()) {
      lines.add("    startd: {" + String.join(", ", startd) + "}\n");
    }
    if (start.backoffMaxSeconds() > 0) {
      note(DROPPED, "backoff_max", "startd/restart_delay is always the same");
    }
  }

  private void formats() {
    boolean formatted =
        process.stdout().format() != LogFormat.RAW || process.stderr().format() != LogFormat.RAW;
    if (formatted) {
      note(DROPPED, "stdout_format, stderr_format", "output goes to the log as it is");
    }
  }

  /// The limits of setrlimit(2) as an entry of a method context; null if there are none.
  static @Nullable String limits(ProcessConfig process) {
    var limits = process.context().limits().resources();
    if (limits.isEmpty()) {
      return null;
    }
    var entries = new ArrayList<String>();
    limits.forEach((name, value) -> entries.add(name + ": " + Scalar.quoted(value)));
    return "limits: {" + String.join(", ", entries) + "}";
  }
}
