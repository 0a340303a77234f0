package bespoke.model.template;

import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a template says about property groups of a name, a type, or both (smf_template(7)).
///
/// @param name of the groups, or empty for any
/// @param type of the groups, or empty for any
/// @param required whether there must be one
/// @param target whose groups
/// @param description for people, in the locale C or the first one
/// @param properties what the groups hold
public record GroupPattern(
    String name,
    String type,
    boolean required,
    Target target,
    Optional<String> description,
    List<PropertyPattern> properties) {

  public GroupPattern {
    properties = List.copyOf(properties);
  }

  /// Whose groups a pattern is about.
  public enum Target {
    /// Those of the service or instance that has the template.
    THIS,
    /// Those of the service's instances.
    INSTANCE,
    /// Those of the instances that the restarter with the template restarts.
    DELEGATE,
    /// Everybody's; only of the service `system/svc/global`.
    ALL
  }

  /// All patterns in the groups of an entity.
  public static List<GroupPattern> of(PropertyGroups groups) {
    List<PropertyGroup> described = groups.ofType(PatternGroups.GROUP_PATTERN);
    if (described.isEmpty()) {
      return List.of(); // most have no template
    }
    List<PropertyGroup> properties = groups.ofType(PatternGroups.PROPERTY_PATTERN);
    List<GroupPattern> patterns = new ArrayList<>(described.size());
    for (PropertyGroup group : described) {
      patterns.add(
          new GroupPattern(
              group.single("name").orElse(""),
              group.single("type").orElse(""),
              group.single("required").orElse("").equals("true"),
              target(group.single("target").orElse("this")),
              PropertyPattern.localized(group, "description_"),
              properties.stream()
                  .filter(one -> one.single("pg_pattern").orElse("").equals(group.name()))
                  .map(PropertyPattern::of)
                  .toList()));
    }
    return patterns;
  }

  private static Target target(String word) {
    return switch (word) {
      case "instance" -> Target.INSTANCE;
      case "delegate" -> Target.DELEGATE;
      case "all" -> Target.ALL;
      default -> Target.THIS;
    };
  }

  /// Whether the pattern is about a group.
  public boolean matches(PropertyGroup group) {
    return (name.isEmpty() || name.equals(group.name()))
        && (type.isEmpty() || type.equals(group.type()));
  }

  /// How closely it names what it is about: name and type before name before type before neither.
  int closeness() {
    return (name.isEmpty() ? 0 : 2) + (type.isEmpty() ? 0 : 1);
  }

  /// As messages name it: `config`, or `any group of the type dependency`.
  public String label() {
    return name.isEmpty() ? "any group" + (type.isEmpty() ? "" : " of the type " + type) : name;
  }
}
