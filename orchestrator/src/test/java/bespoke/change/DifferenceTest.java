package bespoke.change;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a running instance needs for a change of its properties.
class DifferenceTest {

  /// `group/property=value`; values with blanks are several.
  private static PropertyGroups groups(String... properties) {
    Map<String, List<Property>> byGroup = new LinkedHashMap<>();
    for (String text : properties) {
      String[] parts = text.split("[/=]", 3);
      byGroup
          .computeIfAbsent(parts[0], _ -> new ArrayList<>())
          .add(
              new Property(
                  parts[1], PropertyType.ASTRING, List.of(parts[2].split(" ")), Origin.UNKNOWN));
    }
    List<PropertyGroup> groups = new ArrayList<>();
    byGroup.forEach((name, list) ->
        groups.add(PropertyGroup.of(name, PropertyGroup.APPLICATION, list, Origin.UNKNOWN)));
    return PropertyGroups.of(groups);
  }

  @ParameterizedTest
  @CsvSource({
    "config/port, RESTART",
    "config/level, REFRESH",
    "notes/text, NOTHING",
    "start/exec, RESTART",
    "stop/exec, NOTHING",
    "general/enabled, NOTHING",
    "general/restarter, RESTART",
    "startd/critical_failure_count, NOTHING",
    "startd/duration, RESTART",
    "tm_description/C, NOTHING",
    "other/x, RESTART"
  })
  void aPropertyNeedsWhatOnChangeSaysOrItsMeaning(String path, Need need) {
    String rules = "on_change/refresh=config";
    String port = "on_change/restart=config/port";
    String notes = "on_change/nothing=notes";
    Difference difference =
        Difference.between(
            groups(rules, port, notes, path + "=old"), groups(rules, port, notes, path + "=new"));
    assertThat(difference.need()).isEqualTo(need);
  }

  @Test
  void theGreatestNeedOfAllPropertiesCounts() {
    PropertyGroups before = groups("on_change/refresh=config", "config/a=1", "other/b=1");
    PropertyGroups after = groups("on_change/refresh=config", "config/a=2");
    Difference difference = Difference.between(before, after);
    assertThat(difference.need()).isEqualTo(Need.RESTART);
    assertThat(difference.properties())
        .extracting(PropertyDifference::toString)
        .containsExactly("config/a 1 -> 2 (refresh)", "other/b - 1 (restart)");
  }

  @Test
  void aMistakeInOnChangeIsNamed() {
    assertThat(OnChange.mistakes(groups("on_change/refresh=confg", "config/a=1")))
        .singleElement()
        .asString()
        .contains("confg", "config");
    assertThat(OnChange.mistakes(groups("on_change/reload=config", "config/a=1")))
        .singleElement()
        .asString()
        .contains("on_change/reload", "restart, refresh and nothing");
  }
}
