package bespoke.manifest.smf;

import bespoke.manifest.Fidelity;
import bespoke.manifest.NearestName;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Reads `<exec_method>` and `<method_context>` (smf.md 5.6, 6.3).
final class MethodElements {

  private static final List<String> TYPES = List.of("method", "monitor");
  private static final String MONITOR = "monitor";

  /// Attributes of a context that Linux has nothing for.
  private static final List<Map.Entry<String, String>> WITHOUT_TWIN =
      List.of(
          Map.entry("project", "Linux has no projects; say resources: in YAML"),
          Map.entry("resource_pool", "Linux has no resource pools; say resources: in YAML"),
          Map.entry(
              "security_flags", "Linux sets address space randomisation for all processes alike"));

  private final PropertyReading properties;
  private final Findings findings;
  private final Predicate<String> isThere;

  MethodElements(PropertyReading properties, Findings findings, Predicate<String> isThere) {
    this.properties = properties;
    this.findings = findings;
    this.isThere = isThere;
  }

  /// The group of a method; empty when it cannot be read.
  Optional<PropertyGroup> method(XmlElement element) {
    String type = element.attribute("type", "");
    if (!properties.isName(element, "name", "a method") || !isComplete(element, type)) {
      return Optional.empty();
    }
    String name = element.attribute("name", "");
    Map<String, Property> all = new LinkedHashMap<>();
    add(all, "type", PropertyType.ASTRING, type, element);
    boolean monitor = name.equals(MONITOR) && type.equals(MONITOR);
    if (monitor) {
      add(all, "probe", PropertyType.ASTRING, "exec", element);
    }
    String exec = element.attribute("exec", "");
    add(all, monitor ? "target" : "exec", PropertyType.ASTRING, exec, element);
    timeout(element)
        .ifPresent(count -> add(all, "timeout_seconds", PropertyType.COUNT, count, element));
    element
        .first("method_context")
        .ifPresent(context -> {
          Map<String, Property> own = contextProperties(context);
          if (own.isEmpty()) { // even so it is a context, and the working directory the home
            add(own, "working_directory", PropertyType.ASTRING, ":default", context);
          }
          all.putAll(own);
          Vocabulary.checkAttributes(context, findings);
        });
    properties
        .of(element, name, PropertyGroup.METHOD, Set.of("method_context"))
        .forEach(property -> all.put(property.name(), property));
    report(element, name, type, exec);
    return Optional.of(PropertyGroup.of(name, PropertyGroup.METHOD, all.values(), element.place()));
  }

  private boolean isComplete(XmlElement element, String type) {
    boolean complete = true;
    if (!TYPES.contains(type)) {
      findings.cannot(
          element.placeOf("type"),
          "cannot use \"" + PropertyReading.printable(type) + "\" as the type of a method",
          NearestName.hint(type, TYPES));
      complete = false;
    }
    if (element.attribute("exec").isEmpty()) {
      findings.cannot(element.place(), "cannot read an <exec_method> without exec=", "add it");
      complete = false;
    }
    return complete;
  }

  private static void add(
      Map<String, Property> all, String name, PropertyType type, String value, XmlElement at) {
    all.put(name, Property.of(name, type, value, at.place()));
  }

  private Optional<String> timeout(XmlElement element) {
    String text = element.attribute("timeout_seconds", "");
    Optional<String> count = Canonical.count(text.strip());
    if (count.isEmpty()) {
      findings.cannot(
          element.placeOf("timeout_seconds"),
          text.isEmpty()
              ? "cannot read an <exec_method> without timeout_seconds="
              : "cannot use \"" + PropertyReading.printable(text) + "\" as timeout_seconds",
          "use a number of seconds; 0 and -1 mean none");
    }
    return count;
  }

  private void report(XmlElement element, String name, String type, String exec) {
    String program = exec.strip().split("[ \t\n;&|<>]", 2)[0];
    if (type.equals(MONITOR) && !name.equals(MONITOR)) {
      findings.approximated(element, "kept; bespoke runs only the monitor named monitor");
    } else if (name.startsWith("inetd_")) {
      findings.approximated(element, "kept; bespoke's inetd ends what is left by itself");
    } else if (type.equals(MONITOR)) {
      findings.approximated(element, "run every 10 seconds while the instance is online");
    } else if (program.startsWith("/") && program.indexOf('%') < 0 && !isThere.test(program)) {
      findings.approximated(element, "kept; " + program + " is not on this machine");
    } else {
      findings.exact(element);
    }
  }

  /// The group of a context of all methods.
  PropertyGroup context(XmlElement element) {
    findings.exact(element);
    return PropertyGroup.of(
        "method_context",
        PropertyGroup.FRAMEWORK,
        contextProperties(element).values(),
        element.place());
  }

  private Map<String, Property> contextProperties(XmlElement context) {
    Map<String, Property> all = new LinkedHashMap<>();
    text(context, "working_directory", all);
    for (Map.Entry<String, String> one : WITHOUT_TWIN) {
      text(context, one.getKey(), all);
      String value = context.attribute(one.getKey(), ":default");
      if (!value.equals(":default") && !value.equals("default")) {
        findings.attribute(Fidelity.DROPPED, context, one.getKey(), one.getValue());
      }
    }
    for (XmlElement child : context.children()) {
      switch (child.name()) {
        case "method_credential" -> credential(child, all);
        case "method_profile" -> profile(child, all);
        case "method_environment" -> environment(child, all);
        default -> Vocabulary.unknown(child, context, findings);
      }
      Vocabulary.checkAttributes(child, findings);
    }
    return all;
  }

  private static void text(XmlElement element, String attribute, Map<String, Property> all) {
    element
        .attribute(attribute)
        .ifPresent(value ->
            all.put(
                attribute,
                Property.of(attribute, PropertyType.ASTRING, value, element.placeOf(attribute))));
  }

  private void credential(XmlElement credential, Map<String, Property> all) {
    for (String attribute :
        List.of("user", "group", "supp_groups", "privileges", "limit_privileges")) {
      text(credential, attribute, all);
    }
    findings.exact(credential);
    PrivilegeReport.report(credential, findings);
  }

  private void profile(XmlElement profile, Map<String, Property> all) {
    add(all, "use_profile", PropertyType.BOOLEAN, "true", profile);
    add(all, "profile", PropertyType.ASTRING, profile.attribute("name", ""), profile);
    findings.dropped(
        profile, "kept, but Linux has no rights profiles: the method runs as the daemon's user");
  }

  private void environment(XmlElement environment, Map<String, Property> all) {
    List<String> pairs = new ArrayList<>();
    for (XmlElement variable : environment.children()) {
      String name = variable.attribute("name", "");
      if (!variable.name().equals("envvar")) {
        Vocabulary.unknown(variable, environment, findings);
      } else if (name.isEmpty() || name.indexOf('=') >= 0) {
        findings.cannot(
            variable.placeOf("name"),
            "cannot use \"" + PropertyReading.printable(name) + "\" as the name of a variable",
            "use a name without =");
      } else {
        pairs.add(name + "=" + variable.attribute("value", ""));
        Vocabulary.checkAttributes(variable, findings);
      }
    }
    all.put(
        "environment",
        new Property("environment", PropertyType.ASTRING, pairs, environment.place()));
    findings.exact(environment);
  }
}
