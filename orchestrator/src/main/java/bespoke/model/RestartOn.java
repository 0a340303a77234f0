package bespoke.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which events of a dependency stop (and so restart) the dependent (smf(7)), each including the
/// ones before it.
public enum RestartOn {
  NONE,
  ERROR,
  RESTART,
  REFRESH;

  /// The word as in manifests: lower case with underscores.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The value of that name, or null.
  public static @Nullable RestartOn named(String name) {
    for (RestartOn value : values()) {
      if (value.toString().equals(name)) {
        return value;
      }
    }
    return null;
  }
}
