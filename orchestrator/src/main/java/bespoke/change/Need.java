package bespoke.change;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a running instance needs before a change of its configuration has its effect; the later
/// ones include the earlier.
public enum Need {
  /// It holds as soon as it is in force.
  NOTHING,
  /// Its refresh method must run.
  REFRESH,
  /// It must be started anew.
  RESTART;

  /// The one of that name, or null.
  public static @Nullable Need named(String word) {
    for (Need need : values()) {
      if (need.toString().equals(word)) {
        return need;
      }
    }
    return null;
  }

  /// The greater of both.
  public Need and(Need other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /// The name in listings: lower case.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
