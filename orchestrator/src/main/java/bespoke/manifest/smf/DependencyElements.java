package bespoke.manifest.smf;

import bespoke.manifest.Fidelity;
import bespoke.manifest.ImportMark;
import bespoke.manifest.NearestName;
import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.RestartOn;
import bespoke.model.ServiceDescription.Dependent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `<dependency>` and `<dependent>` (smf.md 3.1, 3.6).
final class DependencyElements {

  private static final List<String> GROUPINGS =
      List.of("require_all", "require_any", "optional_all", "exclude_all");
  private static final List<String> RESTART_ON = List.of("none", "error", "restart", "refresh");
  private static final List<String> TYPES = List.of("service", "path");

  private DependencyElements() {}

  /// The group of a dependency; empty when it cannot be read.
  static Optional<PropertyGroup> group(
      XmlElement element, PropertyReading properties, Findings findings) {
    boolean named = properties.isName(element, "name", "a dependency");
    boolean typed = isOneOf(element, "type", TYPES, findings);
    if (!isEdge(element, findings) || !named || !typed) {
      return Optional.empty();
    }
    String name = element.attribute("name", "");
    List<Property> all = new ArrayList<>();
    for (String word : List.of("grouping", "restart_on", "type")) {
      all.add(
          Property.of(
              word, PropertyType.ASTRING, element.attribute(word, ""), element.placeOf(word)));
    }
    all.add(
        new Property("entities", PropertyType.FMRI, entities(element, findings), element.place()));
    all.addAll(properties.of(element, name, PropertyGroup.DEPENDENCY, Set.of("service_fmri")));
    findings.exact(element);
    return Optional.of(PropertyGroup.of(name, PropertyGroup.DEPENDENCY, all, element.place()));
  }

  private static boolean isEdge(XmlElement element, Findings findings) {
    boolean grouped = isOneOf(element, "grouping", GROUPINGS, findings);
    boolean restarts = isOneOf(element, "restart_on", RESTART_ON, findings);
    return grouped && restarts;
  }

  private static boolean isOneOf(
      XmlElement element, String attribute, List<String> words, Findings findings) {
    String value = element.attribute(attribute, "");
    if (words.contains(value)) {
      return true;
    }
    findings.cannot(
        element.placeOf(attribute),
        value.isEmpty()
            ? "cannot read a <" + element.name() + "> without " + attribute + "="
            : "cannot use \"" + PropertyReading.printable(value) + "\" as " + attribute,
        NearestName.hint(value, words));
    return false;
  }

  private static List<String> entities(XmlElement element, Findings findings) {
    boolean path = element.attribute("type", "").equals("path");
    List<String> entities = new ArrayList<>();
    for (XmlElement named : element.all("service_fmri")) {
      String text = named.attribute("value", "");
      try {
        Entity entity = path ? FileFmri.parse(text) : Entity.parse(text);
        if (entity instanceof FileFmri == path) {
          entities.add(entity.toString());
        } else {
          findings.cannot(
              named.placeOf("value"),
              "cannot name the file \"" + PropertyReading.printable(text) + "\" as a service",
              "use type='path'");
        }
      } catch (IllegalArgumentException e) {
        findings.cannot(
            named.placeOf("value"),
            "cannot depend on \"" + PropertyReading.printable(text) + "\"",
            String.valueOf(e.getMessage()));
      }
    }
    return entities;
  }

  /// One for each service that depends on this one.
  static List<Dependent> dependents(XmlElement element, Fmri self, Findings findings) {
    if (element.is("delete")) {
      findings.exact(element, "taken away");
      return List.of();
    }
    Grouping grouping = Grouping.named(element.attribute("grouping", ""));
    RestartOn restartOn = RestartOn.named(element.attribute("restart_on", ""));
    boolean named =
        new PropertyReading(self, new Patterns(Map.of()), findings)
            .isName(element, "name", "a dependent");
    if (!isEdge(element, findings) || !named || grouping == null || restartOn == null) {
      return List.of();
    }
    others(element, findings);
    Dependency dependency =
        new Dependency(
            element.attribute("name", ""), grouping, restartOn, List.of(self), element.place());
    List<Dependent> dependents = new ArrayList<>();
    for (XmlElement reference : element.all("service_fmri")) {
      target(reference, findings)
          .ifPresent(target -> {
            dependents.add(new Dependent(dependency, target));
            if (element.is("override")) {
              findings.mark(target, dependency.name(), "", ImportMark.Kind.OVERRIDE);
            }
          });
    }
    if (element.all("service_fmri").isEmpty()) {
      findings.cannot(
          element.place(), "cannot read a <dependent> without <service_fmri>", "add it");
    } else {
      findings.exact(element);
    }
    return dependents;
  }

  private static void others(XmlElement element, Findings findings) {
    for (XmlElement child : element.children()) {
      switch (child.name()) {
        case "service_fmri" -> Vocabulary.checkAttributes(child, findings);
        case "stability", "propval", "property" ->
            findings.attribute(
                Fidelity.DROPPED,
                child,
                child.attribute("name").isPresent() ? "name" : "value",
                "the dependency of a dependent has only grouping, restart_on and entities");
        default -> Vocabulary.unknown(child, element, findings);
      }
    }
  }

  private static Optional<Fmri> target(XmlElement named, Findings findings) {
    String text = named.attribute("value", "");
    try {
      return Optional.of(Fmri.parse(text));
    } catch (IllegalArgumentException e) {
      findings.cannot(
          named.placeOf("value"),
          "cannot add a dependency to \"" + PropertyReading.printable(text) + "\"",
          String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
