package bespoke.graph.analysis;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Finds the instances and files whose loss takes down the most enabled instances: what cannot run
/// without them, whatever else happens.
///
/// Only the few with the most are told; of a chain, each takes down what the next does and one
/// more, so the list is short on purpose. Costs the dependents of every instance.
final class SinglePointCheck {
  /// So many are told.
  private static final int POINTS_MAX = 5;

  /// What takes down fewer is no news.
  private static final int DEPENDENTS_MIN = 2;

  private final InstanceGraph graph;
  private final HardNeeds hardNeeds;
  private final Predicate<InstanceFmri> enabled;

  SinglePointCheck(InstanceGraph graph, HardNeeds hardNeeds, Predicate<InstanceFmri> enabled) {
    this.graph = graph;
    this.hardNeeds = hardNeeds;
    this.enabled = enabled;
  }

  /// Something that others cannot run without.
  ///
  /// @param about the instance that a finding stands at
  private record Point(Entity entity, InstanceFmri about, Origin origin, int lost) {}

  List<Finding> findings() {
    long all = graph.instances().stream().filter(enabled).count();
    List<Point> points = new ArrayList<>();
    for (InstanceFmri instance : graph.instances()) {
      if (hardNeeds.isExhausted()) {
        break;
      }
      if (enabled.test(instance)) {
        Set<InstanceFmri> lost = hardNeeds.dependents(instance);
        lost.remove(instance);
        add(
            new Point(instance, instance, graph.definition(instance).origin(), count(lost)),
            points);
      }
    }
    files().forEach((file, declared) -> add(point(file, declared), points));
    points.sort(Comparator.comparingInt(Point::lost).reversed());
    return points.stream().limit(POINTS_MAX).map(point -> finding(point, all)).toList();
  }

  private static void add(Point point, List<Point> points) {
    if (point.lost() >= DEPENDENTS_MIN) {
      points.add(point);
    }
  }

  private int count(Set<InstanceFmri> lost) {
    return (int) lost.stream().filter(enabled).count();
  }

  /// Who requires a file, and says where.
  private record Declared(InstanceFmri instance, Dependency group) {}

  private Map<FileFmri, List<Declared>> files() {
    Map<FileFmri, List<Declared>> files = new LinkedHashMap<>();
    for (InstanceFmri instance : graph.instances()) {
      for (Dependency group : graph.groupsOf(instance)) {
        boolean needsEach =
            group.grouping() == Grouping.REQUIRE_ALL
                || group.grouping() == Grouping.REQUIRE_ANY && group.entities().size() == 1;
        for (Entity entity : group.entities()) {
          if (needsEach && entity instanceof FileFmri file) {
            files.computeIfAbsent(file, _ -> new ArrayList<>()).add(new Declared(instance, group));
          }
        }
      }
    }
    return files;
  }

  private Point point(FileFmri file, List<Declared> declared) {
    Set<InstanceFmri> lost = new LinkedHashSet<>();
    declared.forEach(it -> lost.addAll(hardNeeds.dependents(it.instance())));
    Declared first = declared.getFirst();
    return new Point(file, first.instance(), first.group().origin(), count(lost));
  }

  private static Finding finding(Point point, long all) {
    boolean isFile = point.entity() instanceof FileFmri;
    String without = isFile ? "without " + point.entity() : "without it";
    String ask = isFile ? "file " + ((FileFmri) point.entity()).path() + " vanishes" : null;
    return new Finding(
        Finding.Severity.INFO,
        Finding.Rule.SINGLE_POINT_OF_FAILURE,
        point.about(),
        without
            + ", "
            + point.lost()
            + (isFile ? " of " : " others of ")
            + all
            + " enabled instances cannot run; see svcgraph what-if '"
            + (ask == null ? point.entity() + " fails" : ask)
            + "'",
        point.origin());
  }
}
