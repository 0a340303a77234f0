package bespoke.model.definition;

import bespoke.model.ExitStatuses;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.StartdOptions;
import bespoke.model.StartdOptions.Restart;
import bespoke.model.StartdOptions.Style;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `startd`; what cannot be read has its default, as in SMF (smf.md 5.5, 5.11, 5.12).
final class StartdReading {

  private StartdReading() {}

  static StartdOptions read(PropertyGroups groups) {
    Optional<PropertyGroup> found = groups.group("startd");
    if (found.isEmpty()) {
      return StartdOptions.DEFAULT;
    }
    PropertyGroup startd = found.get();
    StartdOptions none = StartdOptions.DEFAULT;
    List<String> ignored = words(startd);
    return new StartdOptions(
        style(startd.single("duration").orElse("contract")),
        ignored.contains("core"),
        ignored.contains("signal"),
        startd.single("critical_failure_count").stream()
            .flatMapToInt(text -> Values.integer(text, 1, 1_000_000).stream())
            .findFirst()
            .orElse(none.criticalFailureCount()),
        duration(startd, "critical_failure_period", none.criticalFailurePeriod()),
        flag(startd, "timeout_retry", none.timeoutRetry()),
        flag(startd, "need_session", none.needSession()),
        duration(startd, "retry_delay", none.retryDelay()),
        restart(startd.single("restart").orElse("always")),
        duration(startd, "restart_delay", none.restartDelay()),
        new ExitStatuses.Meaning(
            statuses(startd, "success_status"),
            statuses(startd, "no_restart_status"),
            statuses(startd, "restart_status")),
        flag(startd, "give_up", false));
  }

  /// Numbers of exit statuses and names of signals; other words mean nothing.
  private static ExitStatuses statuses(PropertyGroup startd, String name) {
    Set<Integer> codes = new HashSet<>();
    Set<Integer> signals = new HashSet<>();
    for (String word : startd.property(name).map(Property::values).orElse(List.of())) {
      Values.integer(word, 0, 255).ifPresent(code -> codes.add(code));
      LinuxNames.signalNumber(word).ifPresent(signals::add);
    }
    return new ExitStatuses(codes, signals);
  }

  private static Style style(String text) {
    return switch (text) {
      case "transient" -> Style.TRANSIENT;
      case "child" -> Style.CHILD;
      default -> Style.CONTRACT;
    };
  }

  private static Restart restart(String text) {
    return switch (text) {
      case "on_failure" -> Restart.ON_FAILURE;
      case "never" -> Restart.NEVER;
      default -> Restart.ALWAYS;
    };
  }

  /// `core,signal` in one value or one word a value; an unknown word makes it ignore nothing.
  private static List<String> words(PropertyGroup startd) {
    List<String> words =
        startd.property("ignore_error").stream()
            .flatMap(property -> property.values().stream())
            .flatMap(value -> List.of(value.split(",", -1)).stream())
            .toList();
    return List.of("core", "signal").containsAll(words) ? words : List.of();
  }

  private static Duration duration(PropertyGroup startd, String name, Duration otherwise) {
    return startd.single(name).flatMap(Values::seconds).orElse(otherwise);
  }

  private static boolean flag(PropertyGroup startd, String name, boolean otherwise) {
    return startd.single(name).map(text -> text.equals("true")).orElse(otherwise);
  }
}
