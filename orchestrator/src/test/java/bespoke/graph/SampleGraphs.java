package bespoke.graph;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.RestartOn;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Graphs of any size for tests and benchmarks; the same seed gives the same graph.
///
/// Instances are named `s0`, `s1`, … and depend on smaller numbers only, so there are no cycles.
public final class SampleGraphs {
  private SampleGraphs() {}

  /// Each depends on the one before.
  public static List<InstanceDefinition> chain(int length, RestartOn restartOn) {
    List<InstanceDefinition> all = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      List<Dependency> groups =
          i == 0
              ? List.of()
              : List.of(group("before", Grouping.REQUIRE_ALL, restartOn, List.of(i - 1)));
      all.add(Definitions.define(fmri(i), groups));
    }
    return all;
  }

  /// One root that all others depend on.
  public static List<InstanceDefinition> star(int size, RestartOn restartOn) {
    List<InstanceDefinition> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      List<Dependency> groups =
          i == 0 ? List.of() : List.of(group("root", Grouping.REQUIRE_ALL, restartOn, List.of(0)));
      all.add(Definitions.define(fmri(i), groups));
    }
    return all;
  }

  /// Layers of equal width; each instance requires `fanIn` of the layer before.
  public static List<InstanceDefinition> layered(int size, int width, int fanIn, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<InstanceDefinition> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int layerBefore = i / width * width - width;
      List<Dependency> groups = new ArrayList<>();
      if (layerBefore >= 0) {
        List<Integer> members = pick(random, fanIn, layerBefore, layerBefore + width);
        groups.add(group("below", Grouping.REQUIRE_ALL, RestartOn.RESTART, members));
      }
      all.add(Definitions.define(fmri(i), groups));
    }
    return all;
  }

  /// Every grouping and restart_on at random: up to three groups of up to four members each.
  public static List<InstanceDefinition> random(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<InstanceDefinition> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      List<Dependency> groups = new ArrayList<>();
      int count = i == 0 ? 0 : random.nextInt(4);
      for (int g = 0; g < count; g++) {
        Grouping grouping = Grouping.values()[random.nextInt(Grouping.values().length)];
        RestartOn restartOn = RestartOn.values()[random.nextInt(RestartOn.values().length)];
        groups.add(group("g" + g, grouping, restartOn, pick(random, 1 + random.nextInt(4), 0, i)));
      }
      all.add(Definitions.define(fmri(i), groups));
    }
    return all;
  }

  /// The instance of that number.
  public static InstanceFmri fmri(int number) {
    return Definitions.fmri("s" + number);
  }

  private static List<Integer> pick(SplittableRandom random, int count, int from, int to) {
    return random.ints(count, from, to).distinct().boxed().toList();
  }

  private static Dependency group(
      String name, Grouping grouping, RestartOn restartOn, List<Integer> members) {
    List<Entity> entities = members.stream().<Entity>map(SampleGraphs::fmri).toList();
    return new Dependency(name, grouping, restartOn, entities, Origin.UNKNOWN);
  }
}
