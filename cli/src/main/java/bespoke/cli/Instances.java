package bespoke.cli;

import bespoke.api.InstanceRecord;
import bespoke.api.OperandMatcher;
import bespoke.api.json.JsonObject;
import bespoke.cli.render.FmriText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All instances as the daemon lists them, for the commands that look at more than their operands.
final class Instances implements OperandMatcher.Catalogue {

  private final Map<String, InstanceRecord> byFmri = new LinkedHashMap<>();
  private final Map<String, List<String>> byService = new LinkedHashMap<>();

  Instances(List<InstanceRecord> instances) {
    for (InstanceRecord instance : instances) {
      byFmri.put(instance.fmri(), instance);
      byService
          .computeIfAbsent(FmriText.serviceFmri(instance.fmri()), s -> new ArrayList<>())
          .add(instance.fmri());
    }
  }

  /// Reads the lines of a `list` request.
  static List<InstanceRecord> read(List<JsonObject> lines) {
    List<InstanceRecord> instances = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      instances.add(InstanceRecord.from(lines.get(i)));
    }
    return instances;
  }

  /// The records of these instances; unknown ones are left out.
  List<InstanceRecord> records(Collection<String> fmris) {
    List<InstanceRecord> records = new ArrayList<>();
    for (String fmri : fmris) {
      InstanceRecord record = byFmri.get(fmri);
      if (record != null) {
        records.add(record);
      }
    }
    return records;
  }

  Collection<InstanceRecord> records() {
    return byFmri.values();
  }

  @Override
  public boolean hasInstance(String fmri) {
    return byFmri.containsKey(fmri);
  }

  @Override
  public Collection<String> instancesOf(String serviceFmri) {
    return byService.getOrDefault(serviceFmri, List.of());
  }

  /// The FMRIs of all services.
  Collection<String> services() {
    return byService.keySet();
  }

  @Override
  public Iterable<String> all() {
    return byFmri.keySet();
  }
}
