package bespoke.manifest.smf;

import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.definition.SolarisPrivileges;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `<method_context>` of a group, and the properties that it cannot hold.
///
/// @param element perhaps without anything in it
/// @param rest in the order of the group
record ContextElement(XmlElement element, List<Property> rest) {

  private static final List<String> ATTRIBUTES =
      List.of("working_directory", "project", "resource_pool", "security_flags");
  private static final List<String> CREDENTIALS =
      List.of("user", "group", "supp_groups", "privileges", "limit_privileges");

  ContextElement {
    rest = List.copyOf(rest);
  }

  static ContextElement of(PropertyGroup group) {
    Map<String, Property> rest = new LinkedHashMap<>(group.properties());
    ElementBuilder context = new ElementBuilder("method_context");
    move(rest, context, ATTRIBUTES);
    boolean profile = group.single("use_profile").orElse("").equals("true");
    if (profile && isText(rest.get("profile"))) {
      ElementBuilder named = new ElementBuilder("method_profile");
      group.single("profile").ifPresent(name -> named.with("name", name));
      context.add(named.build());
      rest.remove("profile");
      rest.remove("use_profile");
    } else if (isText(rest.get("user"))) {
      ElementBuilder credential = new ElementBuilder("method_credential");
      boolean implied = SolarisPrivileges.areImplied(group);
      if (isText(rest.get("privileges")) && implied) {
        rest.remove("capabilities");
      }
      move(rest, credential, CREDENTIALS);
      context.add(credential.build());
    }
    environment(rest, context);
    return new ContextElement(context.build(), List.copyOf(rest.values()));
  }

  private static boolean isText(@Nullable Property property) {
    return property != null
        && property.type() == PropertyType.ASTRING
        && property.values().size() == 1;
  }

  private static void move(
      Map<String, Property> from, ElementBuilder into, List<String> attributes) {
    for (String attribute : attributes) {
      Property property = from.get(attribute);
      if (property != null && isText(property)) {
        into.with(attribute, property.values().getFirst());
        from.remove(attribute);
      }
    }
  }

  private static void environment(Map<String, Property> from, ElementBuilder into) {
    Property environment = from.get("environment");
    if (environment == null
        || environment.type() != PropertyType.ASTRING
        || environment.values().isEmpty()
        || !environment.values().stream().allMatch(pair -> pair.indexOf('=') > 0)) {
      return;
    }
    ElementBuilder element = new ElementBuilder("method_environment");
    for (String pair : environment.values()) {
      int equals = pair.indexOf('=');
      element.add(
          new ElementBuilder("envvar")
              .with("name", pair.substring(0, equals))
              .with("value", pair.substring(equals + 1))
              .build());
    }
    into.add(element.build());
    from.remove("environment");
  }

  /// Whether the element says nothing.
  boolean isEmpty() {
    return element.attributes().isEmpty() && element.children().isEmpty();
  }
}
