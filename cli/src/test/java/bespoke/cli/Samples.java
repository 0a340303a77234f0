package bespoke.cli;

import bespoke.api.DependencyRecord;
import bespoke.api.EnabledRecord;
import bespoke.api.EntityRecord;
import bespoke.api.InstanceDetail;
import bespoke.api.InstanceRecord;
import bespoke.api.ProcessRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Builds instance records for tests: enabled, online since 11:00 unless told otherwise.
final class Samples {

  static final EnabledRecord ENABLED = new EnabledRecord(true, "", "");
  static final EnabledRecord DISABLED = new EnabledRecord(false, "", "");

  private String fmri = "";
  private String state = "online";
  private String next = "";
  private long since = Instant.parse("2026-03-10T11:00:00Z").toEpochMilli();
  private EnabledRecord enabled = ENABLED;
  private List<Long> contracts = List.of();
  private String name = "";
  private String restarter = "svc:/system/svc/restarter:default";
  private String logfile = "";
  private final List<DependencyRecord> dependencies = new ArrayList<>();
  private List<ProcessRecord> processes = List.of();

  static Samples of(String fmri) {
    Samples sample = new Samples();
    sample.fmri = fmri;
    return sample;
  }

  static InstanceRecord online(String fmri) {
    return of(fmri).record();
  }

  Samples state(String now, String towards) {
    state = now;
    next = towards;
    return this;
  }

  Samples state(String now) {
    return state(now, "");
  }

  Samples since(String instant) {
    since = Instant.parse(instant).toEpochMilli();
    return this;
  }

  Samples enabled(EnabledRecord setting) {
    enabled = setting;
    return this;
  }

  Samples contracts(Long... ids) {
    contracts = List.of(ids);
    return this;
  }

  Samples name(String commonName) {
    name = commonName;
    return this;
  }

  Samples restarter(String other) {
    restarter = other;
    return this;
  }

  Samples logfile(String path) {
    logfile = path;
    return this;
  }

  /// A dependency; the entities stand as `FMRI` or `FMRI=STATE`.
  Samples depends(String grouping, String restartOn, String... entities) {
    List<EntityRecord> records = new ArrayList<>();
    for (String entity : entities) {
      int equals = entity.indexOf('=');
      records.add(
          equals < 0
              ? new EntityRecord(entity, "online")
              : new EntityRecord(entity.substring(0, equals), entity.substring(equals + 1)));
    }
    dependencies.add(
        new DependencyRecord("d" + dependencies.size(), grouping, restartOn, "", records));
    return this;
  }

  Samples processes(ProcessRecord... members) {
    processes = List.of(members);
    return this;
  }

  InstanceRecord record() {
    return new InstanceRecord(
        fmri,
        state,
        next,
        since,
        enabled,
        contracts,
        name,
        new InstanceDetail(
            "",
            restarter,
            logfile,
            "",
            !contracts.isEmpty(),
            "",
            "",
            "",
            List.of(),
            dependencies,
            processes));
  }
}
