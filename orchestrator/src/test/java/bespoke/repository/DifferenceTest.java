package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  private static PropertyGroup group(String name, String type, String... values) {
    List<Property> properties =
        List.of(values).stream()
            .map(v -> Property.of(v.substring(0, 1), PropertyType.ASTRING, v, Origin.UNKNOWN))
            .toList();
    return PropertyGroup.of(name, type, properties, Origin.UNKNOWN);
  }

  @Test
  void everyChangeIsListedOnce() {
    PropertyGroups before =
        PropertyGroups.of(
            List.of(
                group("same", "x", "a1"),
                group("edited", "x", "a1", "b1", "c1"),
                group("retyped", "x", "a1"),
                group("emptied", "x")));
    PropertyGroups after =
        PropertyGroups.of(
            List.of(
                group("same", "x", "a1"),
                group("edited", "x", "a1", "b2", "d1"),
                group("retyped", "y", "a1"),
                group("added", "x", "a1")));
    assertThat(Difference.between(before, after))
        .extracting(d -> d.group() + "/" + d.property() + mark(d))
        .containsExactly("edited/b~", "edited/c-", "edited/d+", "retyped/", "emptied/", "added/a+");
  }

  private static String mark(Difference difference) {
    if (difference.before().isPresent()) {
      return difference.after().isPresent() ? "~" : "-";
    }
    return difference.after().isPresent() ? "+" : "";
  }
}
