package bespoke.control;

import bespoke.api.EdgeRecord;
import bespoke.api.GraphRequest;
import bespoke.api.Outcome;
import bespoke.api.VertexRecord;
import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.ServiceFmri;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The graph as `svcgraph export` needs it; made from the definitions, which are values, so it
/// costs the engine's thread nothing.
final class GraphQueries {
  private static final String INSTANCE_EDGE = "instance";

  private final Machine machine;

  GraphQueries(Machine machine) {
    this.machine = machine;
  }

  /// Vertices and edges that were collected.
  private final class Picture {
    final Map<InstanceFmri, InstanceStatus> statuses = new LinkedHashMap<>();
    final Map<ServiceFmri, Set<InstanceFmri>> services = new LinkedHashMap<>();
    final Set<Entity> vertices = new LinkedHashSet<>();
    final Set<EdgeRecord> edges = new LinkedHashSet<>();
    final ArrayDeque<Entity> queue = new ArrayDeque<>();

    Picture(List<InstanceStatus> all) {
      for (InstanceStatus status : all) {
        statuses.put(status.fmri(), status);
        services
            .computeIfAbsent(status.fmri().serviceFmri(), service -> new LinkedHashSet<>())
            .add(status.fmri());
      }
    }

    void walk(Iterable<? extends Entity> from) {
      from.forEach(this::reach);
      while (!queue.isEmpty()) {
        switch (queue.remove()) {
          case FileFmri file -> {}
          case Fmri fmri -> expand(fmri);
        }
      }
    }

    private void reach(Entity entity) {
      if (vertices.add(entity)) {
        queue.add(entity);
      }
    }

    private void expand(Fmri fmri) {
      switch (fmri) {
        case ServiceFmri service -> {
          for (InstanceFmri instance : services.getOrDefault(service, Set.of())) {
            edge(service, instance, "", INSTANCE_EDGE, "none", "");
          }
        }
        case InstanceFmri instance -> {
          InstanceStatus status = statuses.get(instance);
          if (status != null) {
            expand(status.definition());
          }
        }
      }
    }

    private void expand(InstanceDefinition definition) {
      for (Dependency dependency : definition.dependencies()) {
        for (Entity entity : dependency.entities()) {
          edge(
              definition.fmri(),
              entity,
              dependency.name(),
              dependency.grouping().toString(),
              dependency.restartOn().toString(),
              Records.origin(dependency.origin()));
        }
      }
      definition
          .restarter()
          .filter(restarter -> !restarter.equals(InstanceDefinition.MASTER_RESTARTER))
          .ifPresent(restarter ->
              edge(
                  definition.fmri(),
                  restarter,
                  "restarter",
                  "require_all",
                  "restart",
                  Records.origin(definition.origin())));
    }

    private void edge(
        Entity from, Entity to, String name, String grouping, String restartOn, String origin) {
      edges.add(new EdgeRecord(from.toString(), to.toString(), name, grouping, restartOn, origin));
      reach(to);
    }

    VertexRecord vertex(Entity entity) {
      return switch (entity) {
        case FileFmri file ->
            new VertexRecord(
                file.toString(), "file", EntityStates.of(file, machine), "", false, "");
        case Fmri fmri ->
            switch (fmri) {
              case ServiceFmri service ->
                  new VertexRecord(
                      service.toString(),
                      "service",
                      services.containsKey(service) ? "online" : "absent",
                      "",
                      false,
                      "");
              case InstanceFmri instance -> vertex(instance, statuses.get(instance));
            };
      };
    }

    private VertexRecord vertex(
        InstanceFmri instance, @org.jspecify.annotations.Nullable InstanceStatus status) {
      if (status == null) {
        return new VertexRecord(instance.toString(), "instance", "absent", "", false, "");
      }
      return new VertexRecord(
          instance.toString(),
          "instance",
          status.runtime().state().toString(),
          Records.word(status.runtime().next()),
          status.enabled().effective(),
          Records.oneLine(status.definition().template().commonName()));
    }
  }

  void graph(GraphRequest.Graph request, Answer answer) throws IOException {
    Operands operands = Operands.any(request.operands(), machine.catalogue());
    if (operands.refusal().isPresent()) {
      answer.end(operands.refusal().get());
      return;
    }
    Picture picture = new Picture(machine.statuses());
    picture.walk(request.operands().isEmpty() ? picture.statuses.keySet() : operands.fmris());
    for (Entity entity : picture.vertices) {
      answer.add(picture.vertex(entity));
    }
    answer.addAll(List.copyOf(picture.edges));
    answer.end(request.operands().isEmpty() ? Outcome.OK : operands.outcome());
  }
}
