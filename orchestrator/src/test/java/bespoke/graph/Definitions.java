package bespoke.graph;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.RestartOn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Definitions for tests, from lines such as `A require_all/restart B C /etc/file`: instance
/// `svc:/t/A:default` has a group of that grouping and restart_on with these members. A line of one
/// word defines an instance without dependencies; `A:x` is instance x. Line numbers are origins.
public final class Definitions {
  private Definitions() {}

  /// One definition for each first word, in order of appearance.
  public static List<InstanceDefinition> of(String... lines) {
    Map<InstanceFmri, List<Dependency>> groups = new LinkedHashMap<>();
    for (int i = 0; i < lines.length; i++) {
      List<String> words = List.of(lines[i].split(" "));
      List<Dependency> own =
          groups.computeIfAbsent(fmri(words.getFirst()), key -> new ArrayList<>());
      if (words.size() > 1) {
        own.add(group("d" + own.size(), words.subList(1, words.size()), i + 1));
      }
    }
    return groups.entrySet().stream().map(e -> define(e.getKey(), e.getValue())).toList();
  }

  /// `A` is `svc:/t/A:default`; `A:x` is `svc:/t/A:x`.
  public static InstanceFmri fmri(String name) {
    return InstanceFmri.parse("svc:/t/" + name);
  }

  /// The instances of these names, separated by blanks.
  public static List<InstanceFmri> fmris(String names) {
    return names.isEmpty()
        ? List.of()
        : Stream.of(names.split(" ")).map(Definitions::fmri).toList();
  }

  /// A definition with nothing but dependencies.
  public static InstanceDefinition define(InstanceFmri fmri, List<Dependency> dependencies) {
    InstanceDefinition bare = InstanceDefinition.bare(fmri);
    return new InstanceDefinition(
        fmri,
        Optional.empty(),
        dependencies,
        bare.methods(),
        bare.startd(),
        bare.readiness(),
        bare.monitor(),
        bare.resources(),
        bare.template(),
        bare.invalid(),
        bare.problems(),
        bare.origin());
  }

  private static Dependency group(String name, List<String> words, int line) {
    String[] kind = words.getFirst().split("/");
    Grouping grouping = Grouping.named(kind[0]);
    RestartOn restartOn = RestartOn.named(kind.length > 1 ? kind[1] : "none");
    if (grouping == null || restartOn == null) {
      throw new IllegalArgumentException("no grouping/restart_on: " + words.getFirst());
    }
    List<Entity> members =
        words.stream()
            .skip(1)
            .map(word -> Entity.parse(word.startsWith("/") ? "file:" + word : "svc:/t/" + word))
            .toList();
    return new Dependency(name, grouping, restartOn, members, new Origin.File("t.yaml", line, 1));
  }
}
