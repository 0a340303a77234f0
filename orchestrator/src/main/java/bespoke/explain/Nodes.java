package bespoke.explain;

import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The instances that the graph knows, found by instance and by service.
///
/// An instance that is not configured counts as absent.
final class Nodes {
  private final List<Node> all = new ArrayList<>();
  private final Map<InstanceFmri, Node> byInstance = new HashMap<>();
  private final Map<ServiceFmri, List<Node>> byService = new HashMap<>();
  private final Predicate<FileFmri> exists;

  Nodes(Collection<InstanceStatus> instances, Predicate<FileFmri> exists) {
    this.exists = exists;
    instances.stream()
        .filter(status -> status.enabled().isConfigured())
        .sorted(Comparator.comparing(InstanceStatus::fmri))
        .forEach(this::add);
  }

  private void add(InstanceStatus status) {
    Node node = new Node(all.size(), status);
    all.add(node);
    byInstance.put(status.fmri(), node);
    byService.computeIfAbsent(status.fmri().serviceFmri(), service -> new ArrayList<>(1)).add(node);
  }

  List<Node> all() {
    return all;
  }

  @Nullable Node find(InstanceFmri fmri) {
    return byInstance.get(fmri);
  }

  /// The instance, or all instances of the service; empty means absent.
  List<Node> named(Fmri fmri) {
    return switch (fmri) {
      case InstanceFmri instance -> {
        Node node = byInstance.get(instance);
        yield node == null ? List.of() : List.of(node);
      }
      case ServiceFmri service -> byService.getOrDefault(service, List.of());
    };
  }

  boolean exists(FileFmri file) {
    return exists.test(file);
  }
}
