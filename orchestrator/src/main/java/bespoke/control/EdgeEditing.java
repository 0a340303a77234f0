package bespoke.control;

import bespoke.api.ErrorKind;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.Names;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.RestartOn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adds, changes and deletes single edges of an entity, whichever dependency groups they are in:
/// pure, from groups to groups.
final class EdgeEditing {
  private final Map<String, DependencyGroup> groups = new LinkedHashMap<>();
  private final Origin by;

  /// @param composed the property groups of the entity, with what it inherits
  EdgeEditing(PropertyGroups composed, Origin by) {
    this.by = by;
    for (PropertyGroup group : composed.ofType(PropertyGroup.DEPENDENCY)) {
      if (!group.properties().isEmpty()) {
        groups.put(group.name(), DependencyGroup.read(group));
      }
    }
  }

  /// What a person wants of an edge.
  ///
  /// @param name of the dependency; empty to find it or to make one up
  /// @param grouping empty to leave it, or for `require_all`
  /// @param restartOn empty to leave it, or for `none`
  /// @param targets none means the whole dependency
  record Wish(
      String name,
      Optional<Grouping> grouping,
      Optional<RestartOn> restartOn,
      List<Entity> targets) {}

  /// The dependencies as they are now.
  Map<String, DependencyGroup> groups() {
    return new LinkedHashMap<>(groups);
  }

  void add(Wish wish) throws Configuration.RefusedException {
    if (wish.targets().isEmpty()) {
      throw refused("cannot add a dependency on nothing; name a service, an instance or a file");
    }
    boolean paths = wish.targets().getFirst() instanceof FileFmri;
    for (Entity target : wish.targets()) {
      if (target instanceof FileFmri != paths) {
        throw refused("cannot put services and files into one dependency; add them one by one");
      }
      refuseKnown(target);
    }
    DependencyGroup known = groups.get(wish.name());
    if (known == null) {
      String name = wish.name().isEmpty() ? freeName(wish.targets().getFirst()) : named(wish);
      groups.put(
          name,
          DependencyGroup.of(
              name,
              wish.grouping().orElse(Grouping.REQUIRE_ALL),
              wish.restartOn().orElse(RestartOn.NONE),
              wish.targets(),
              by));
    } else {
      join(known, wish, paths);
    }
  }

  private static String named(Wish wish) throws Configuration.RefusedException {
    try {
      Names.requireName("dependency", wish.name());
      return wish.name();
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private void join(DependencyGroup known, Wish wish, boolean paths)
      throws Configuration.RefusedException {
    boolean same =
        wish.grouping().map(Grouping::toString).orElse(known.grouping()).equals(known.grouping())
            && wish.restartOn()
                .map(RestartOn::toString)
                .orElse(known.restartOn())
                .equals(known.restartOn());
    if (!same || known.isPath() != paths) {
      throw refused(
          "cannot add it to the dependency \""
              + known.name()
              + "\", which is "
              + known.grouping()
              + ", restart_on "
              + known.restartOn()
              + (known.isPath() ? ", of files" : "")
              + "; choose another name");
    }
    List<String> entities = new ArrayList<>(known.entities());
    wish.targets().forEach(target -> entities.add(target.toString()));
    groups.put(known.name(), known.with(entities, by));
  }

  private void refuseKnown(Entity target) throws Configuration.RefusedException {
    for (DependencyGroup group : groups.values()) {
      if (group.entities().contains(target.toString())) {
        throw refused(
            "there is a dependency on "
                + target
                + " already: "
                + group.grouping()
                + ", restart_on "
                + group.restartOn()
                + ", in \""
                + group.name()
                + "\""
                + place(group.origin())
                + "; change it with setdep");
      }
    }
  }

  private static String place(Origin origin) {
    String text = Records.origin(origin);
    return text.isEmpty() ? "" : " (" + text + ")";
  }

  /// A name after the target that no group has.
  private String freeName(Entity target) {
    String path =
        switch (target) {
          case FileFmri file -> file.path();
          case Fmri fmri -> fmri.service();
        };
    String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9_-]", "-");
    String base = last.isEmpty() || !Character.isLetter(last.charAt(0)) ? "on-" + last : last;
    String name = base;
    for (int i = 2; groups.containsKey(name); i++) {
      name = base + "-" + i;
    }
    return name;
  }

  void delete(Wish wish) throws Configuration.RefusedException {
    if (wish.targets().isEmpty()) {
      groups.remove(whole(wish).name());
      return;
    }
    for (Entity target : wish.targets()) {
      for (DependencyGroup group : meant(target, wish.name())) {
        List<String> left = new ArrayList<>(group.entities());
        left.removeAll(group.meantBy(target));
        if (left.isEmpty()) {
          groups.remove(group.name());
        } else {
          groups.put(group.name(), group.with(left, by));
        }
      }
    }
  }

  void set(Wish wish) throws Configuration.RefusedException {
    if (wish.grouping().isEmpty() && wish.restartOn().isEmpty()) {
      throw refused("say what it should be: requires, any, optional, excludes, or restart on WHAT");
    }
    if (wish.targets().isEmpty()) {
      DependencyGroup group = whole(wish);
      groups.put(group.name(), group.with(wish.grouping(), wish.restartOn(), by));
      return;
    }
    for (Entity target : wish.targets()) {
      for (DependencyGroup group : meant(target, wish.name())) {
        set(group, group.meantBy(target), wish);
      }
    }
  }

  private void set(DependencyGroup group, List<String> entities, Wish wish)
      throws Configuration.RefusedException {
    DependencyGroup wanted = group.with(wish.grouping(), wish.restartOn(), by);
    if (entities.size() == group.entities().size()) {
      groups.put(group.name(), wanted);
      return;
    }
    if (!group.isDivisible()) {
      throw refused(
          String.join(" ", entities)
              + " is one of the alternatives of \""
              + group.name()
              + "\" (require_any) and cannot be changed alone; take it out with deldep and add it"
              + " with adddep, or change them all with setdep as "
              + group.name());
    }
    List<String> left = new ArrayList<>(group.entities());
    left.removeAll(entities);
    groups.put(group.name(), group.with(left, by));
    String name = freeName(Entity.parse(entities.getFirst()));
    groups.put(
        name,
        new DependencyGroup(
            name, wanted.grouping(), wanted.restartOn(), entities, group.isPath(), by));
  }

  private DependencyGroup whole(Wish wish) throws Configuration.RefusedException {
    DependencyGroup group = groups.get(wish.name());
    if (group == null) {
      throw refused(
          wish.name().isEmpty()
              ? "name the service, the instance or the file that the dependency is on"
              : "there is no dependency \"" + wish.name() + "\"; there are: " + names());
    }
    return group;
  }

  private List<DependencyGroup> meant(Entity target, String name)
      throws Configuration.RefusedException {
    List<DependencyGroup> meant = new ArrayList<>();
    for (DependencyGroup group : groups.values()) {
      if ((name.isEmpty() || group.name().equals(name)) && !group.meantBy(target).isEmpty()) {
        meant.add(group);
      }
    }
    if (meant.isEmpty()) {
      throw refused(
          "there is no dependency on "
              + target
              + (name.isEmpty() ? "" : " in \"" + name + "\"")
              + "; there are: "
              + names());
    }
    return meant;
  }

  private String names() {
    List<String> names = new ArrayList<>();
    groups
        .values()
        .forEach(it -> names.add(it.name() + " (" + String.join(" ", it.entities()) + ")"));
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static Configuration.RefusedException refused(String message) {
    return Attempts.refused(ErrorKind.STATE, message);
  }
}
