package bespoke.model.template;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateCheckTest {

  private final List<PropertyGroup> groups = new ArrayList<>();

  private static PropertyGroup group(String name, String type, Property... properties) {
    return PropertyGroup.of(name, type, List.of(properties), Origin.UNKNOWN);
  }

  private static Property property(String name, PropertyType type, String... values) {
    return new Property(name, type, List.of(values), Origin.UNKNOWN);
  }

  private static List<PropertyGroup> pattern(
      String name, String type, Map<String, String> more, Property... ofLevel) {
    List<Property> attributes = new ArrayList<>();
    attributes.add(property("name", PropertyType.ASTRING, name));
    if (!type.isEmpty()) {
      attributes.add(property("type", PropertyType.ASTRING, type));
    }
    more.forEach((key, value) -> attributes.add(property(key, PropertyType.ASTRING, value)));
    String group = PatternGroups.GROUP_PREFIX + name + type;
    List<Property> level = new ArrayList<>(List.of(ofLevel));
    level.add(property("name", PropertyType.ASTRING, "level"));
    level.add(property("pg_pattern", PropertyType.ASTRING, group));
    return List.of(
        PropertyGroup.of(group, PatternGroups.GROUP_PATTERN, attributes, Origin.UNKNOWN),
        PropertyGroup.of(
            PatternGroups.PROPERTY_PREFIX + name + type + "_level",
            PatternGroups.PROPERTY_PATTERN,
            level,
            Origin.UNKNOWN));
  }

  private List<String> violations() {
    return violations(PropertyGroups.EMPTY, PropertyGroups.EMPTY);
  }

  private List<String> violations(PropertyGroups restarter, PropertyGroups global) {
    return TemplateCheck.check(PropertyGroups.of(groups), restarter, global, Origin.UNKNOWN)
        .stream()
        .map(TemplateCheck.Violation::text)
        .toList();
  }

  private void level(PropertyType type, String... values) {
    groups.removeIf(group -> group.name().equals("config"));
    groups.add(group("config", "application", property("level", type, values)));
  }

  @Test
  void aRequiredGroupAndARequiredPropertyMustBeThere() {
    groups.addAll(
        pattern(
            "config",
            "application",
            Map.of("required", "true"),
            property("required", PropertyType.BOOLEAN, "true")));
    assertThat(violations())
        .containsExactly("the property group config is missing; its template requires it");
    groups.add(group("config", "application"));
    assertThat(violations())
        .containsExactly("the property config/level is missing; its template requires it");
    level(PropertyType.ASTRING, "x");
    assertThat(violations()).isEmpty();
  }

  @Test
  void aTypeMayBeASubtype() {
    groups.addAll(
        pattern("config", "", Map.of(), property("type", PropertyType.ASTRING, "ustring")));
    level(PropertyType.FMRI, "svc:/a");
    assertThat(violations()).isEmpty();
    level(PropertyType.ASTRING, "a");
    assertThat(violations())
        .containsExactly("config/level is of the type astring; its template wants ustring");
  }

  @Test
  void theNumberOfValuesIsBounded() {
    groups.addAll(
        pattern(
            "config",
            "",
            Map.of(),
            property("cardinality_min", PropertyType.COUNT, "1"),
            property("cardinality_max", PropertyType.COUNT, "2")));
    level(PropertyType.ASTRING);
    assertThat(violations())
        .containsExactly("config/level has 0 values; its template wants at least 1");
    level(PropertyType.ASTRING, "a", "b", "c");
    assertThat(violations())
        .containsExactly("config/level has 3 values; its template wants at most 2");
    level(PropertyType.ASTRING, "a");
    assertThat(violations()).isEmpty();
  }

  @Test
  void valuesAreOneOfThoseAllowedOrWithinARange() {
    groups.addAll(
        pattern(
            "config",
            "",
            Map.of(),
            property("constraint_name", PropertyType.ASTRING, "auto"),
            property("constraint_range", PropertyType.ASTRING, "1,10", "20,18446744073709551615")));
    level(PropertyType.ASTRING, "auto", "1", "10", "18446744073709551615");
    assertThat(violations()).isEmpty();
    level(PropertyType.ASTRING, "11");
    assertThat(violations())
        .containsExactly(
            "config/level is \"11\"; its template allows auto, 1 to 10, 20 to"
                + " 18446744073709551615");
  }

  @Test
  void severalValuesInOneAreJudgedEach() {
    groups.addAll(
        pattern(
            "config",
            "",
            Map.of(),
            property("internal_separators", PropertyType.ASTRING, ",;"),
            property("constraint_name", PropertyType.ASTRING, "a", "b")));
    level(PropertyType.ASTRING, "a, b;a");
    assertThat(violations()).isEmpty();
    level(PropertyType.ASTRING, "a,c");
    assertThat(violations()).hasSize(1);
  }

  @Test
  void theClosestPatternJudges() {
    groups.addAll(
        pattern(
            "", "application", Map.of(), property("constraint_name", PropertyType.ASTRING, "x")));
    groups.addAll(
        pattern(
            "config",
            "application",
            Map.of(),
            property("constraint_name", PropertyType.ASTRING, "y")));
    level(PropertyType.ASTRING, "y");
    assertThat(violations()).isEmpty();
  }

  @Test
  void theRestartersDelegatesAndTheGlobalTemplateJudgeWhatTheServiceDoesNotDescribe() {
    PropertyGroups restarter =
        PropertyGroups.of(
            pattern(
                "config",
                "",
                Map.of("target", "delegate"),
                property("constraint_name", PropertyType.ASTRING, "x")));
    PropertyGroups global =
        PropertyGroups.of(
            pattern(
                "config",
                "",
                Map.of("target", "all"),
                property("constraint_name", PropertyType.ASTRING, "y")));
    level(PropertyType.ASTRING, "y");
    assertThat(violations(PropertyGroups.EMPTY, global)).isEmpty();
    assertThat(violations(restarter, global)).hasSize(1);
    groups.addAll(
        pattern("config", "", Map.of(), property("constraint_name", PropertyType.ASTRING, "y")));
    assertThat(violations(restarter, global)).isEmpty();
  }
}
