package bespoke.manifest.systemd;

import java.util.Map;
import java.util.Optional;

/// Priorities for which util-linux has a command (chrt(1), ionice(1), taskset(1)).
final class Scheduling {

  private static final Map<String, String> POLICIES =
      Map.of("other", "-o", "batch", "-b", "idle", "-i", "fifo", "-f", "rr", "-r");
  private static final Map<String, String> CLASSES =
      Map.of(
          "none",
          "0",
          "0",
          "0",
          "realtime",
          "1",
          "1",
          "1",
          "best-effort",
          "2",
          "2",
          "2",
          "idle",
          "3",
          "3",
          "3");

  private final Unit unit;
  private final Report report;

  Scheduling(Unit unit, Report report) {
    this.unit = unit;
    this.report = report;
  }

  /// Commands that set them and become the command behind, each with a blank at the end.
  String prefix() {
    return policy() + io() + affinity();
  }

  private Optional<Assignment> said(String key, String pattern) {
    return unit.last("Service", key)
        .filter(assignment -> {
          boolean fits = assignment.value().matches(pattern);
          if (fits) {
            report.exact(assignment, "");
          } else {
            report.dropped(assignment, "not a value that is known");
          }
          return fits;
        });
  }

  private String policy() {
    Optional<Assignment> policy = said("CPUSchedulingPolicy", "other|batch|idle|fifo|rr");
    String priority = said("CPUSchedulingPriority", "[0-9]{1,2}").map(Assignment::value).orElse("");
    if (policy.isEmpty()) {
      return "";
    }
    String option = POLICIES.getOrDefault(policy.get().value(), "-o");
    boolean isRealTime = option.equals("-f") || option.equals("-r");
    return "chrt " + option + " " + (isRealTime ? priority.isEmpty() ? "1" : priority : "0") + " ";
  }

  private String io() {
    Optional<Assignment> kind = said("IOSchedulingClass", "none|realtime|best-effort|idle|[0-3]");
    Optional<Assignment> priority = said("IOSchedulingPriority", "[0-7]");
    if (kind.isEmpty() && priority.isEmpty()) {
      return "";
    }
    String number = kind.map(it -> CLASSES.getOrDefault(it.value(), "2")).orElse("2");
    boolean hasLevel = number.equals("1") || number.equals("2");
    String level = hasLevel ? priority.map(it -> " -n " + it.value()).orElse("") : "";
    return "ionice -c " + number + level + " ";
  }

  private String affinity() {
    return said("CPUAffinity", "[0-9][0-9, -]{0,200}")
        .map(it -> "taskset -c " + it.value().strip().replaceAll("[, ]+", ",") + " ")
        .orElse("");
  }
}
