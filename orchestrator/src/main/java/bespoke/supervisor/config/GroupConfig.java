package bespoke.supervisor.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A group of processes, sorted by priority, then name.
public record GroupConfig(
    String name, int priority, GroupKind kind, List<ProcessConfig> processes) {
  public static final Comparator<GroupConfig> ORDER =
      (a, b) -> order(a.priority, a.name, b.priority, b.name);

  public GroupConfig {
    var sorted = new ArrayList<>(processes);
    sorted.sort((a, b) -> order(a.priority(), a.name(), b.priority(), b.name()));
    processes = List.copyOf(sorted);
  }

  private static int order(int priority, String name, int otherPriority, String otherName) {
    return priority == otherPriority
        ? name.compareTo(otherName)
        : Integer.compare(priority, otherPriority);
  }
}
