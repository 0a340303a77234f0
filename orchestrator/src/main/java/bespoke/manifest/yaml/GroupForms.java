package bespoke.manifest.yaml;

import bespoke.manifest.Problems;
import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.manifest.yaml.YamlNode.Sequence;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.ServiceFmri;
import bespoke.model.definition.SolarisPrivileges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds the form in which a person would write a property group.
///
/// Each short form is a guess that is proven by mapping it back: what would not come back as the
/// same group is written in full under `property_groups`.
final class GroupForms {

  /// A YAML key of one line has at most 1024 characters.
  private static final int VARIABLE_LENGTH_MAX = 256;

  private GroupForms() {}

  /// An entry of `documentation`.
  static Optional<Mapping> document(PropertyGroup group, Shape shape, int number) {
    NodeBuilder entry = new NodeBuilder();
    if (group.single("title").isPresent()) {
      entry.putText("manpage", group, "title");
      group.single("section").ifPresent(section -> entry.put("section", Scalar.plain(section)));
      entry.putTexts(group, "manpath");
    } else {
      entry.putTexts(group, "uri", "name");
    }
    Mapping node = entry.build();
    return proven(node, shape, () -> TemplateMapping.document(Source.none(), node, number), group);
  }

  /// The text of `common_name` or `description`.
  static Optional<Scalar> template(PropertyGroup group) {
    Optional<Property> text = group.property("C");
    boolean simple =
        group.type().equals(PropertyGroup.TEMPLATE)
            && group.properties().size() == 1
            && text.isPresent()
            && text.get().type() == PropertyType.USTRING
            && text.get().values().size() == 1;
    return simple ? text.flatMap(Property::single).map(Scalar::text) : Optional.empty();
  }

  /// The list of `requires`.
  static Optional<Sequence> requires(PropertyGroup group, Shape shape) {
    Sequence node = entities(group);
    return group.name().equals(DependencyMapping.REQUIRES) && isFmris(group)
        ? proven(node, shape, () -> DependencyMapping.requires(Source.none(), node), group)
        : Optional.empty();
  }

  /// An entry of `dependencies`.
  static Optional<Mapping> dependency(PropertyGroup group, Shape shape) {
    if (!group.type().equals(PropertyGroup.DEPENDENCY) || !isFmris(group)) {
      return Optional.empty();
    }
    NodeBuilder entry = new NodeBuilder().putTexts(group, "grouping", "restart_on");
    if (group.property("entities").isPresent()) {
      boolean path = group.single("type").orElse("").equals("path");
      entry.put(path ? "paths" : "services", entities(group));
    }
    Mapping node = entry.build();
    return proven(
        node,
        shape,
        () -> DependencyMapping.group(Source.none(), Scalar.text(group.name()), node),
        group);
  }

  private static boolean isFmris(PropertyGroup group) {
    boolean path = group.single("type").orElse("").equals("path");
    for (String text : values(group, "entities")) {
      try {
        if (Entity.parse(text) instanceof FileFmri != path) {
          return false;
        }
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
    return true;
  }

  private static Sequence entities(PropertyGroup group) {
    List<Scalar> items = new ArrayList<>();
    for (String text : values(group, "entities")) {
      items.add(
          Scalar.text(
              switch (Entity.parse(text)) {
                case ServiceFmri service -> service.service();
                case InstanceFmri instance -> instance.toString();
                case FileFmri file -> file.path();
              }));
    }
    return NodeBuilder.list(items);
  }

  private static List<String> values(PropertyGroup group, String property) {
    return group.property(property).map(Property::values).orElse(List.of());
  }

  /// An entry of `methods`.
  static Optional<Mapping> method(PropertyGroup group, Shape shape) {
    NodeBuilder entry = new NodeBuilder();
    if (group.name().equals("monitor")) {
      group.single("probe").ifPresent(probe -> entry.putText(probe, group, "target"));
      entry.putSeconds(group, "interval_seconds", "timeout_seconds");
      entry.putPlain(group, "failures", "successes");
      entry.putTexts(group, "on_failure");
    } else {
      entry.putTexts(group, "exec");
      entry.putSeconds(group, "timeout_seconds");
      entry.putTexts(group, "on_timeout");
    }
    entry.putUnlessEmpty("method_context", contextNode(group));
    Mapping node = entry.build();
    return proven(
        node,
        shape,
        () -> MethodMapping.method(Source.none(), Scalar.text(group.name()), node),
        group);
  }

  static Optional<Mapping> readiness(PropertyGroup group, Shape shape) {
    NodeBuilder entry = new NodeBuilder();
    String notify = group.single("notify").orElse("");
    if (List.of("exec", "tcp", "http").contains(notify)) {
      entry.putText(notify, group, "target");
    } else {
      entry.putTexts(group, "notify");
    }
    entry.putSeconds(
        group, "timeout_seconds", "interval_seconds", "probe_timeout_seconds", "watchdog_seconds");
    Mapping node = entry.build();
    return proven(
        node,
        shape,
        () -> MethodMapping.readiness(Source.none(), Scalar.text(group.name()), node),
        group);
  }

  static Optional<Mapping> startd(PropertyGroup group, Shape shape) {
    NodeBuilder entry = new NodeBuilder().putTexts(group, "duration");
    group
        .single("ignore_error")
        .ifPresent(words ->
            entry.put(
                "ignore_error",
                NodeBuilder.list(
                    List.of(words.split(",", -1)).stream().map(Scalar::text).toList())));
    entry.putPlain(
        group,
        "critical_failure_count",
        "critical_failure_period",
        "timeout_retry",
        "need_session",
        "give_up");
    entry.putTexts(group, "utmpx_prefix", "restart");
    for (String statuses : MethodMapping.STATUSES) {
      if (group.property(statuses).isPresent()) {
        entry.put(
            statuses,
            NodeBuilder.list(values(group, statuses).stream().map(GroupForms::number).toList()));
      }
    }
    Mapping node = entry.putSeconds(group, "retry_delay", "restart_delay").build();
    return proven(
        node,
        shape,
        () -> MethodMapping.startd(Source.none(), Scalar.text(group.name()), node),
        group);
  }

  /// `periodic`, `scheduled` or `inetd`.
  static Optional<Mapping> occasion(PropertyGroup group, Shape shape) {
    Mapping node = OccasionMapping.content(group);
    return proven(
        node,
        shape,
        () -> OccasionMapping.group(Source.none(), Scalar.text(group.name()), node),
        group);
  }

  static Optional<Mapping> context(PropertyGroup group, Shape shape) {
    Mapping node = contextNode(group);
    return proven(
        node,
        shape,
        () -> MethodMapping.context(Source.none(), Scalar.text(group.name()), node),
        group);
  }

  private static Mapping contextNode(PropertyGroup group) {
    NodeBuilder entry = new NodeBuilder();
    entry.putTexts(group, "user", "group");
    entry.putList(group, "supp_groups");
    entry.putTexts(group, "working_directory");
    putPairs(entry, group, "environment");
    entry.putList(group, "environment_files");
    entry.putTexts(group, "umask");
    putPairs(entry, group, "limits");
    if (!SolarisPrivileges.areImplied(group)) {
      entry.putList(group, "capabilities");
    }
    entry.putTexts(group, "privileges", "limit_privileges", "project", "resource_pool");
    return entry.putPlain(group, "no_new_privileges", "nice", "oom_score_adj").build();
  }

  /// A number without quotes, other words as text.
  private static Scalar number(String text) {
    boolean isNumber = ScalarKinds.of(text) == YamlNode.Kind.INTEGER;
    return isNumber ? Scalar.plain(text) : Scalar.text(text);
  }

  /// `NAME=value` as a mapping when every name is there and none is twice.
  private static void putPairs(NodeBuilder entry, PropertyGroup group, String property) {
    if (group.property(property).isEmpty()) {
      return;
    }
    List<Entry> pairs = new ArrayList<>();
    for (String value : values(group, property)) {
      int equals = value.indexOf('=');
      if (equals > 0 && equals < VARIABLE_LENGTH_MAX) {
        pairs.add(
            new Entry(
                Scalar.text(value.substring(0, equals)), number(value.substring(equals + 1))));
      }
    }
    boolean all = pairs.size() == values(group, property).size();
    boolean once = pairs.stream().map(pair -> pair.key().text()).distinct().count() == pairs.size();
    if (all && once) {
      entry.put(property, new Mapping(pairs, 0, 0));
    } else {
      entry.putList(group, property);
    }
  }

  static Optional<Mapping> resources(PropertyGroup group, Shape shape) {
    NodeBuilder entry = new NodeBuilder();
    for (String property : group.properties().keySet()) {
      entry.putTexts(group, property);
    }
    Mapping node = entry.build();
    return proven(
        node,
        shape,
        () -> MethodMapping.resources(Source.none(), Scalar.text(group.name()), node),
        group);
  }

  private static <T extends YamlNode> Optional<T> proven(
      T node, Shape shape, Supplier<PropertyGroup> mapped, PropertyGroup wanted) {
    Problems problems = new Problems("");
    new ShapeCheck(problems).check(node, shape, "");
    return problems.count() == 0 && isSame(mapped.get(), wanted)
        ? Optional.of(node)
        : Optional.empty();
  }

  /// Whether two groups are equal but for where they come from.
  static boolean isSame(PropertyGroup a, PropertyGroup b) {
    return a.name().equals(b.name())
        && a.type().equals(b.type())
        && a.properties().keySet().equals(b.properties().keySet())
        && a.properties().values().stream()
            .allMatch(
                property -> b.property(property.name()).filter(property::sameValue).isPresent());
  }
}
