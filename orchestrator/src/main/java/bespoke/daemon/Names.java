package bespoke.daemon;

import bespoke.api.OperandMatcher;
import bespoke.model.InstanceFmri;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All names at one moment; made anew when instances come or go, never for a change of state.
///
/// @param instances by name
/// @param services the instances of each
record Names(Map<String, InstanceFmri> instances, Map<String, List<InstanceFmri>> services)
    implements OperandMatcher.Catalogue {
  static final Names NONE = new Names(Map.of(), Map.of());

  static Names of(Collection<InstanceFmri> fmris) {
    TreeMap<String, InstanceFmri> instances = new TreeMap<>();
    TreeMap<String, List<InstanceFmri>> services = new TreeMap<>();
    fmris.stream()
        .sorted()
        .forEach(fmri -> {
          instances.put(fmri.toString(), fmri);
          services
              .computeIfAbsent(fmri.serviceFmri().toString(), key -> new ArrayList<>(1))
              .add(fmri);
        });
    return new Names(Collections.unmodifiableMap(instances), Collections.unmodifiableMap(services));
  }

  List<InstanceFmri> instancesOf(ServiceFmri service) {
    return Collections.unmodifiableList(services.getOrDefault(service.toString(), List.of()));
  }

  @Override
  public boolean hasInstance(String fmri) {
    return instances.containsKey(fmri);
  }

  @Override
  public Collection<String> instancesOf(String serviceFmri) {
    return services.getOrDefault(serviceFmri, List.of()).stream()
        .map(InstanceFmri::toString)
        .toList();
  }

  @Override
  public Iterable<String> all() {
    return instances.keySet();
  }
}
