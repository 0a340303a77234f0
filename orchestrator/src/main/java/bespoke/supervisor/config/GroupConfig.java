package bespoke.supervisor.config;

import java.util.Comparator;
import java.util.List;

/// A group of processes, sorted by priority, then name.
public record GroupConfig(
    String name, int priority, GroupKind kind, List<ProcessConfig> processes) {
  public static final Comparator<GroupConfig> ORDER =
      Comparator.comparingInt(GroupConfig::priority).thenComparing(GroupConfig::name);

  public GroupConfig {
    processes =
        processes.stream()
            .sorted(
                Comparator.comparingInt(ProcessConfig::priority).thenComparing(ProcessConfig::name))
            .toList();
  }
}
