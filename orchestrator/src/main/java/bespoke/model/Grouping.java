package bespoke.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the members of a dependency group combine (smf(7), "Dependencies").
public enum Grouping {
  REQUIRE_ALL,
  REQUIRE_ANY,
  OPTIONAL_ALL,
  EXCLUDE_ALL;

  /// The word as in manifests: lower case with underscores.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The value of that name, or null.
  public static @Nullable Grouping named(String name) {
    for (Grouping value : values()) {
      if (value.toString().equals(name)) {
        return value;
      }
    }
    return null;
  }
}
