package bespoke.repository;

import bespoke.model.EnabledSetting;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroups;
import bespoke.repository.ImportOptions.PropertyPath;
import bespoke.repository.ImportReport.Conflict;
import bespoke.repository.ImportReport.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an import gathers for its report while it is worked out.
final class ReportDraft {

  final Map<Fmri, Outcome> outcomes = new LinkedHashMap<>();
  final List<Conflict> conflicts = new ArrayList<>();
  final List<PropertyPath> kept = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final Map<InstanceFmri, PropertyGroups> running = new LinkedHashMap<>();
  final Map<InstanceFmri, EnabledSetting> enabled = new LinkedHashMap<>();

  void refreshed(InstanceFmri instance, PropertyGroups groups, EnabledSetting setting) {
    running.put(instance, groups);
    enabled.put(instance, setting);
  }

  ImportReport toReport() {
    return new ImportReport(
        Collections.unmodifiableMap(outcomes),
        List.copyOf(conflicts),
        List.copyOf(kept),
        Collections.unmodifiableSet(running.keySet()),
        List.copyOf(warnings));
  }
}
