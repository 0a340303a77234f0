package bespoke.supervisor.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Limits of one program that supervisord does not know.
///
/// @param resources setrlimit(2) names without RLIMIT_, lower case, to `soft` or `soft:hard`
/// @param nice priority -20..19; null = inherited
/// @param oomScoreAdjust -1000..1000; null = inherited
/// @param memoryMaxBytes cgroup memory limit; 0 = none
/// @param cpuMaxPercent cgroup processor limit in percent of one processor; 0 = none
/// @param processesMax cgroup limit of processes; 0 = none
public record Limits(
    Map<String, String> resources,
    @Nullable Integer nice,
    @Nullable Integer oomScoreAdjust,
    long memoryMaxBytes,
    int cpuMaxPercent,
    int processesMax) {
  public Limits {
    resources = Collections.unmodifiableMap(new TreeMap<>(resources));
  }

  public static Limits none() {
    return new Limits(Map.of(), null, null, 0, 0, 0);
  }
}
