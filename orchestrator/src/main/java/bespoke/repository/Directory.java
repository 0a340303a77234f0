package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// All services and instances by name, in memory: names are looked up without asking the store.
/// Written by the writer after it committed, read by any thread.
final class Directory {

  private final NavigableMap<Fmri, EntityRow> rows = new ConcurrentSkipListMap<>(EntityRow.ORDER);

  Directory copy() {
    Directory copy = new Directory();
    copy.rows.putAll(rows);
    return copy;
  }

  void put(EntityRow row) {
    rows.put(row.fmri(), row);
  }

  void remove(Fmri fmri) {
    rows.remove(fmri);
  }

  @Nullable EntityRow row(Fmri fmri) {
    return rows.get(fmri);
  }

  /// All, each service before its instances.
  Collection<EntityRow> rows() {
    return rows.values();
  }

  List<ServiceFmri> services() {
    List<ServiceFmri> services = new ArrayList<>();
    for (Fmri fmri : rows.keySet()) {
      if (fmri instanceof ServiceFmri service) {
        services.add(service);
      }
    }
    return services;
  }

  List<InstanceFmri> instances() {
    List<InstanceFmri> instances = new ArrayList<>();
    for (Fmri fmri : rows.keySet()) {
      if (fmri instanceof InstanceFmri instance) {
        instances.add(instance);
      }
    }
    return instances;
  }

  /// The instances of a service.
  List<InstanceFmri> instances(ServiceFmri service) {
    List<InstanceFmri> instances = new ArrayList<>();
    for (Fmri fmri : rows.tailMap(service, false).keySet()) {
      if (!(fmri instanceof InstanceFmri instance)
          || !instance.service().equals(service.service())) {
        break;
      }
      instances.add(instance);
    }
    return instances;
  }
}
