package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Fills `resources` (systemd.resource-control(5)).
final class ResourceMapping {

  private static final Map<String, String> SIZES =
      new TreeMap<>(
          Map.of(
              "MemoryMin", "memory_min",
              "MemoryLow", "memory_low",
              "MemoryHigh", "memory_high",
              "MemoryMax", "memory_max",
              "MemoryLimit", "memory_max",
              "MemorySwapMax", "memory_swap_max",
              "TasksMax", "pids_max"));

  private final Unit unit;
  private final Report report;
  private final GroupDraft draft;

  ResourceMapping(Unit unit, Report report, GroupDraft draft) {
    this.unit = unit;
    this.report = report;
    this.draft = draft;
  }

  void fill() {
    SIZES.forEach((key, property) ->
        unit.last("Service", key).ifPresent(it -> put(it, property, size(it.value()))));
    unit.last("Service", "CPUQuota").ifPresent(it -> put(it, "cpu_max", quota(it.value())));
    unit.last("Service", "CPUWeight").ifPresent(it -> put(it, "cpu_weight", weight(it.value(), 1)));
    unit.last("Service", "IOWeight").ifPresent(it -> put(it, "io_weight", weight(it.value(), 1)));
    unit.last("Service", "CPUShares")
        .ifPresent(it -> put(it, "cpu_weight", weight(it.value(), 100.0 / 1024)));
    unit.last("Service", "BlockIOWeight")
        .ifPresent(it -> put(it, "io_weight", weight(it.value(), 100.0 / 500)));
  }

  private void put(Assignment assignment, String property, Optional<String> value) {
    if (value.isPresent()) {
      draft.text("resources", property, value.get(), assignment.at());
      report.exact(assignment, "");
    } else if (assignment.value().endsWith("%")) {
      report.dropped(
          assignment, "a share of this machine, whose size is not known here; give a size");
    } else {
      report.dropped(assignment, "not a value that the kernel takes");
    }
  }

  private static Optional<String> size(String text) {
    if (text.equals("infinity")) {
      return Optional.of("max");
    }
    var size = Quantities.size(text);
    return size.isPresent() ? Optional.of(Quantities.sizeText(size.getAsLong())) : Optional.empty();
  }

  private static Optional<String> quota(String text) {
    return text.matches("[1-9][0-9]{0,5}%") ? Optional.of(text) : Optional.empty();
  }

  private static Optional<String> weight(String text, double factor) {
    if (!text.matches("[0-9]{1,6}")) {
      return Optional.empty();
    }
    long weight = Math.round(Integer.parseInt(text) * factor);
    return Optional.of(Long.toString(Math.min(10_000, Math.max(1, weight))));
  }
}
