package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import bespoke.model.Dependency;
import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.Names;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.RestartOn;
import bespoke.model.ServiceDescription.Dependent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes what was decided about the relations of units: groups of the one who said so, dependents
/// where the other side depends.
final class Dependencies {

  private final Relations relations;
  private final Map<Fmri, List<Edge>> bySpeaker = new LinkedHashMap<>();

  Dependencies(Relations relations) {
    this.relations = relations;
    relations
        .ordering()
        .edges()
        .forEach(
            edge -> bySpeaker.computeIfAbsent(edge.speaker(), _ -> new ArrayList<>()).add(edge));
  }

  /// Adds the groups `requires`, `part_of`, `after` and `conflicts`.
  void fill(Unit unit, InstanceFmri self, GroupDraft draft) {
    Map<String, List<Edge>> groups = new LinkedHashMap<>();
    for (Edge edge : bySpeaker.getOrDefault(self, List.of())) {
      if (edge.isOfDependent()) {
        groups.computeIfAbsent(name(edge), _ -> new ArrayList<>()).add(edge);
      }
    }
    groups.forEach((name, edges) -> {
      List<String> entities = edges.stream().map(edge -> edge.to().toString()).toList();
      Edge first = edges.getFirst();
      group(draft, name, first.grouping(), first.restartOn(), entities, first.assignment().at());
    });
    Map<InstanceFmri, Assignment> excluded = relations.conflicts(self);
    if (!excluded.isEmpty()) {
      List<String> entities = excluded.keySet().stream().map(InstanceFmri::toString).toList();
      Origin.File at = excluded.values().iterator().next().at();
      group(draft, "conflicts", Grouping.EXCLUDE_ALL, RestartOn.NONE, entities, at);
    }
  }

  private static String name(Edge edge) {
    boolean isRequired = edge.grouping() == Grouping.REQUIRE_ALL;
    return isRequired ? "requires" : edge.restartOn() == RestartOn.NONE ? "after" : "part_of";
  }

  private static void group(
      GroupDraft draft,
      String name,
      Grouping grouping,
      RestartOn restartOn,
      List<String> entities,
      Origin.File at) {
    put(draft, name, "grouping", PropertyType.ASTRING, List.of(grouping.toString()), at);
    put(draft, name, "restart_on", PropertyType.ASTRING, List.of(restartOn.toString()), at);
    put(draft, name, "type", PropertyType.ASTRING, List.of("service"), at);
    put(draft, name, "entities", PropertyType.FMRI, entities, at);
  }

  private static void put(
      GroupDraft draft,
      String group,
      String property,
      PropertyType type,
      List<String> values,
      Origin.File at) {
    draft.put(group, PropertyGroup.DEPENDENCY, property, type, values, at);
  }

  /// Who depends on an instance because it says so.
  List<Dependent> dependents(InstanceFmri self) {
    Map<String, Dependency> byName = new LinkedHashMap<>();
    List<Dependent> dependents = new ArrayList<>();
    for (Edge edge : bySpeaker.getOrDefault(self, List.of())) {
      if (!edge.isOfDependent()) {
        String name = name(edge) + "_" + word(self);
        Dependency dependency =
            byName.computeIfAbsent(
                name,
                _ ->
                    new Dependency(
                        name,
                        edge.grouping(),
                        edge.restartOn(),
                        List.of(self),
                        edge.assignment().at()));
        dependents.add(new Dependent(dependency, edge.from()));
      }
    }
    return dependents;
  }

  /// `nginx`, `timer_logrotate`, `getty_tty1`: unique among what units add to others.
  private static String word(InstanceFmri self) {
    String instance =
        self.instance().equals(InstanceFmri.DEFAULT_INSTANCE) ? "" : "_" + self.instance();
    String word = self.service().replaceFirst("^systemd/", "").replace('/', '_') + instance;
    return Names.isName("requires_" + word) ? word : Integer.toHexString(word.hashCode());
  }
}
