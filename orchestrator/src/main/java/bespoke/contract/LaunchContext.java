package bespoke.contract;

import bespoke.model.definition.LinuxNames;
import bespoke.os.SpawnContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The names of a [Launch] as the numbers of a [SpawnContext].
final class LaunchContext {
  /// The names of setrlimit(2), in the order of their numbers on x86-64 and aarch64.
  private static final List<String> LIMITS =
      List.of(
          "cpu",
          "fsize",
          "data",
          "stack",
          "core",
          "rss",
          "nproc",
          "nofile",
          "memlock",
          "as",
          "locks",
          "sigpending",
          "msgqueue",
          "nice",
          "rtprio",
          "rttime");

  private LaunchContext() {}

  static Map<Integer, SpawnContext.Limit> limits(Map<String, Limit> limits) {
    Map<Integer, SpawnContext.Limit> numbered = new HashMap<>();
    limits.forEach((name, limit) ->
        numbered.put(LIMITS.indexOf(name), new SpawnContext.Limit(limit.soft(), limit.hard())));
    return numbered;
  }

  static SpawnContext.Identity identity(Identity identity) {
    return new SpawnContext.Identity(
        (int) identity.uid(),
        (int) identity.gid(),
        identity.groups().stream().map(Long::intValue).toList());
  }

  static Set<Integer> capabilities(List<String> names) {
    Set<Integer> numbers = new HashSet<>();
    names.forEach(name -> numbers.add(LinuxNames.capabilityNumber(name).orElseThrow()));
    return numbers;
  }
}
