package bespoke.model;

import java.util.Map;

/// Limits of the contract as a whole (cgroups(7), cgroup v2 interface files).
///
/// @param values by cgroup v2 file name (`memory.max`, `cpu.max`, `pids.max`, `cpu.weight`,
///   `memory.high`, `io.weight`), as the kernel reads them
public record Resources(Map<String, String> values) {

  public static final Resources NONE = new Resources(Map.of());

  public Resources {
    values = Map.copyOf(values);
  }
}
