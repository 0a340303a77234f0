package bespoke.cli.shell;

import bespoke.api.Glob;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.cli.render.PropertyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Shows property groups with what their templates say (`svccfg describe`, smf_template(7)).
final class Describing {

  private static final String GROUP_PATTERN = "template_pg_pattern";
  private static final String PROPERTY_PATTERN = "template_prop_pattern";
  private static final String MARGIN = "    ";

  private final List<PropertyGroupRecord> groups;
  private final boolean verbose;
  private final StringBuilder out = new StringBuilder();

  private Describing(List<PropertyGroupRecord> groups, boolean verbose) {
    this.groups = groups;
    this.verbose = verbose;
  }

  /// The text.
  ///
  /// @param groups of the service or instance, with those that hold its templates
  /// @param pattern a glob over `pg` and `pg/property`; empty for all
  /// @param verbose with types, numbers and allowed values
  /// @param templatesOnly what the templates say, whether the groups are there or not
  static String of(
      List<PropertyGroupRecord> groups, String pattern, boolean verbose, boolean templatesOnly) {
    Describing describing = new Describing(groups, verbose || templatesOnly);
    if (templatesOnly) {
      describing.templates(pattern);
    } else {
      describing.values(pattern);
    }
    return describing.out.toString();
  }

  private void values(String pattern) {
    Glob glob = new Glob(pattern);
    for (PropertyGroupRecord group : groups) {
      if (isTemplate(group)) {
        continue;
      }
      Optional<PropertyGroupRecord> template = template(group);
      if (pattern.isEmpty() || glob.matches(group.name())) {
        out.append(group.name()).append("  ").append(group.type()).append('\n');
        template.ifPresent(this::described);
      }
      for (PropertyRecord property : group.properties()) {
        String name = group.name() + "/" + property.name();
        if (pattern.isEmpty() || glob.matches(name) || glob.matches(group.name())) {
          List<String> values = property.values().stream().map(PropertyText::quoted).toList();
          out.append(name).append("  ").append(property.type());
          values.forEach(value -> out.append("  ").append(value));
          out.append('\n');
          template.flatMap(one -> property(one, property.name())).ifPresent(this::property);
        }
      }
    }
  }

  private void templates(String pattern) {
    Glob glob = new Glob(pattern);
    for (PropertyGroupRecord template : groups) {
      if (!template.type().equals(GROUP_PATTERN)) {
        continue;
      }
      String name = text(template, "name").orElse("*");
      if (pattern.isEmpty() || glob.matches(name)) {
        out.append(name).append("  ").append(text(template, "type").orElse("*")).append('\n');
        described(template);
        line(template, "required", "required");
        line(template, "target", "target");
      }
      for (PropertyGroupRecord property : properties(template)) {
        String path = name + "/" + text(property, "name").orElse("");
        if (pattern.isEmpty() || glob.matches(path) || glob.matches(name)) {
          out.append(path).append("  ").append(text(property, "type").orElse("*")).append('\n');
          property(property);
        }
      }
    }
  }

  private static boolean isTemplate(PropertyGroupRecord group) {
    return group.type().equals(GROUP_PATTERN)
        || group.type().equals(PROPERTY_PATTERN)
        || group.type().equals("template");
  }

  /// The pattern that names the group most closely.
  private Optional<PropertyGroupRecord> template(PropertyGroupRecord group) {
    PropertyGroupRecord nearest = null;
    int best = -1;
    for (PropertyGroupRecord template : groups) {
      String name = text(template, "name").orElse("");
      String type = text(template, "type").orElse("");
      boolean matches =
          template.type().equals(GROUP_PATTERN)
              && (name.isEmpty() || name.equals(group.name()))
              && (type.isEmpty() || type.equals(group.type()));
      int closeness = (name.isEmpty() ? 0 : 2) + (type.isEmpty() ? 0 : 1);
      if (matches && closeness > best) {
        nearest = template;
        best = closeness;
      }
    }
    return Optional.ofNullable(nearest);
  }

  private List<PropertyGroupRecord> properties(PropertyGroupRecord template) {
    return groups.stream()
        .filter(group -> group.type().equals(PROPERTY_PATTERN))
        .filter(group -> text(group, "pg_pattern").orElse("").equals(template.name()))
        .toList();
  }

  private Optional<PropertyGroupRecord> property(PropertyGroupRecord template, String name) {
    return properties(template).stream()
        .filter(group -> text(group, "name").orElse("").equals(name))
        .findFirst();
  }

  private void described(PropertyGroupRecord template) {
    localized(template, "common_name_").ifPresent(this::paragraph);
    localized(template, "description_").ifPresent(this::paragraph);
  }

  private void property(PropertyGroupRecord template) {
    described(template);
    if (!verbose) {
      return;
    }
    line(template, "required", "required");
    line(template, "visibility", "visibility");
    line(template, "cardinality_min", "minimum number of values");
    line(template, "cardinality_max", "maximum number of values");
    localized(template, "units_").ifPresent(units -> paragraph("units: " + units));
    allowed(template, "constraint", "allowed value");
    allowed(template, "choices", "choice");
  }

  private void line(PropertyGroupRecord template, String property, String label) {
    text(template, property).ifPresent(value -> paragraph(label + ": " + value));
  }

  private void allowed(PropertyGroupRecord template, String prefix, String label) {
    int number = 0;
    for (String value : list(template, prefix + "_name")) {
      number++;
      String described =
          localized(template, prefix + "_" + number + "_description_")
              .map(text -> "  " + text)
              .orElse("");
      paragraph(label + ": " + PropertyText.quoted(value) + described);
    }
    for (String range : list(template, prefix + "_range")) {
      paragraph(label + ": " + range.replace(",", " to "));
    }
  }

  private void paragraph(String text) {
    text.lines().forEach(line -> out.append(MARGIN).append(line).append('\n'));
  }

  private static Optional<String> text(PropertyGroupRecord group, String property) {
    return list(group, property).stream().findFirst();
  }

  private static List<String> list(PropertyGroupRecord group, String property) {
    return group.properties().stream()
        .filter(one -> one.name().equals(property))
        .findFirst()
        .map(PropertyRecord::values)
        .orElse(List.of());
  }

  private static Optional<String> localized(PropertyGroupRecord group, String prefix) {
    List<String> found = new ArrayList<>(list(group, prefix + "C"));
    for (PropertyRecord property : group.properties()) {
      if (found.isEmpty() && property.name().startsWith(prefix)) {
        found.addAll(property.values());
      }
    }
    return found.stream().findFirst();
  }
}
