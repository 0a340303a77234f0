package bespoke.model.template;

import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.template.GroupPattern.Target;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares the groups of an instance with the templates that are about them (smf.md 9.6).
///
/// The nearest template that knows a group judges it: the instance's and its service's own, then
/// its restarter's, then the global one; within one, the pattern that names it most closely.
public final class TemplateCheck {

  /// Groups that are never described.
  private static final Set<String> NOT_DESCRIBED =
      Set.of(PropertyGroup.TEMPLATE, PatternGroups.GROUP_PATTERN, PatternGroups.PROPERTY_PATTERN);

  /// What a type may stand in for: a subtype is as good (smf.md 2.2).
  private static final Map<PropertyType, Set<PropertyType>> SUPERTYPES =
      Map.of(
          PropertyType.USTRING, Set.of(PropertyType.ASTRING),
          PropertyType.URI, Set.of(PropertyType.ASTRING, PropertyType.USTRING),
          PropertyType.FMRI, Set.of(PropertyType.ASTRING, PropertyType.USTRING, PropertyType.URI),
          PropertyType.HOST, Set.of(PropertyType.ASTRING, PropertyType.USTRING),
          PropertyType.HOSTNAME,
              Set.of(PropertyType.ASTRING, PropertyType.USTRING, PropertyType.HOST),
          PropertyType.NET_ADDRESS,
              Set.of(PropertyType.ASTRING, PropertyType.USTRING, PropertyType.HOST),
          PropertyType.NET_ADDRESS_V4,
              Set.of(
                  PropertyType.ASTRING,
                  PropertyType.USTRING,
                  PropertyType.HOST,
                  PropertyType.NET_ADDRESS),
          PropertyType.NET_ADDRESS_V6,
              Set.of(
                  PropertyType.ASTRING,
                  PropertyType.USTRING,
                  PropertyType.HOST,
                  PropertyType.NET_ADDRESS));

  private final PropertyGroups groups;
  private final Origin instance;
  private final List<Violation> violations = new ArrayList<>(0);

  /// A place where an instance does not keep to its templates.
  ///
  /// @param origin where the value or the group was set, or the instance
  /// @param text a sentence that begins with what is wrong
  public record Violation(Origin origin, String text) {}

  private TemplateCheck(PropertyGroups groups, Origin instance) {
    this.groups = groups;
    this.instance = instance;
  }

  /// All violations, in the order of the groups.
  ///
  /// @param groups of the instance over its service's
  /// @param restarter the groups of its restarter
  /// @param global the groups of `svc:/system/svc/global:default`
  /// @param instance where the instance is described
  public static List<Violation> check(
      PropertyGroups groups, PropertyGroups restarter, PropertyGroups global, Origin instance) {
    List<List<GroupPattern>> levels =
        List.of(
            about(groups, Set.of(Target.THIS, Target.INSTANCE)),
            about(restarter, Set.of(Target.DELEGATE)),
            about(global, Set.of(Target.ALL)));
    if (levels.stream().allMatch(List::isEmpty)) {
      return List.of();
    }
    TemplateCheck check = new TemplateCheck(groups, instance);
    levels.forEach(level -> level.forEach(check::required));
    for (PropertyGroup group : groups.byName().values()) {
      check.nearest(group, levels).ifPresent(pattern -> check.group(group, pattern));
    }
    return check.violations;
  }

  private static List<GroupPattern> about(PropertyGroups groups, Set<Target> targets) {
    List<GroupPattern> patterns = GroupPattern.of(groups);
    return patterns.isEmpty()
        ? patterns
        : patterns.stream().filter(pattern -> targets.contains(pattern.target())).toList();
  }

  private void required(GroupPattern pattern) {
    boolean own = pattern.name().equals("general"); // enabled is kept apart from it
    if (pattern.required()
        && !own
        && groups.byName().values().stream().noneMatch(pattern::matches)) {
      add(
          instance,
          "the property group " + pattern.label() + " is missing; its template requires it");
    }
  }

  private Optional<GroupPattern> nearest(PropertyGroup group, List<List<GroupPattern>> levels) {
    if (NOT_DESCRIBED.contains(group.type())) {
      return Optional.empty();
    }
    return levels.stream()
        .map(level ->
            level.stream()
                .filter(pattern -> pattern.matches(group))
                .max(Comparator.comparingInt(GroupPattern::closeness)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private void group(PropertyGroup group, GroupPattern pattern) {
    boolean masks = group.type().equals(PropertyGroup.DEPENDENCY) && group.properties().isEmpty();
    if (masks) {
      return;
    }
    for (PropertyPattern one : pattern.properties()) {
      Optional<Property> property = group.property(one.name());
      boolean kept = group.name().equals("general") && one.name().equals("enabled");
      if (property.isPresent()) {
        property(group.name() + "/" + one.name(), property.get(), one);
      } else if (one.required() && !kept) {
        add(
            group.origin(),
            "the property "
                + group.name()
                + "/"
                + one.name()
                + " is missing; its template requires it");
      }
    }
  }

  private void property(String name, Property property, PropertyPattern pattern) {
    boolean typed =
        pattern.type().isEmpty()
            || pattern.type().get() == property.type()
            || SUPERTYPES.getOrDefault(property.type(), Set.of()).contains(pattern.type().get());
    if (!typed) {
      add(
          property.origin(),
          name
              + " is of the type "
              + property.type()
              + "; its template wants "
              + pattern.type().get());
    }
    BigInteger count = BigInteger.valueOf(property.values().size());
    if (count.compareTo(pattern.cardinalityMin()) < 0) {
      add(
          property.origin(),
          name
              + " has "
              + values(count)
              + "; its template wants at least "
              + pattern.cardinalityMin());
    } else if (count.compareTo(pattern.cardinalityMax()) > 0) {
      add(
          property.origin(),
          name
              + " has "
              + values(count)
              + "; its template wants at most "
              + pattern.cardinalityMax());
    }
    for (String value : property.values()) {
      if (!pattern.allows(value)) {
        add(
            property.origin(),
            name + " is \"" + value + "\"; its template allows " + pattern.allowed());
      }
    }
  }

  private static String values(BigInteger count) {
    return count.equals(BigInteger.ONE) ? "1 value" : count + " values";
  }

  private void add(Origin origin, String text) {
    violations.add(new Violation(origin, text));
  }
}
