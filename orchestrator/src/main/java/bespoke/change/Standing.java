package bespoke.change;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How far a change has come; what is durable of it.
public enum Standing {
  APPLYING,
  ROLLING_BACK,
  /// All is new.
  COMPLETE,
  /// All is old again.
  ROLLED_BACK;

  /// The one of that name, or null.
  public static @Nullable Standing named(String word) {
    for (Standing standing : values()) {
      if (standing.toString().equals(word)) {
        return standing;
      }
    }
    return null;
  }

  /// Whether nothing more happens.
  public boolean isEnd() {
    return this == COMPLETE || this == ROLLED_BACK;
  }

  /// The name in listings: lower case.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
