package bespoke.model.definition;

import java.util.HashMap;
import java.util.Map;

/// Keeps one object of each set of equal values.
///
/// Bounded: when it holds [#ENTRIES_MAX] values it starts afresh, which costs memory but not
/// correctness.
final class Sharing {

  /// About as many different parts as 10,000 unlike services have.
  static final int ENTRIES_MAX = 32_768;

  private final Map<Object, Object> known = new HashMap<>();

  /// The first value equal to this one.
  @SuppressWarnings("unchecked") // the same record or string type: equal values have equal classes
  <T> T one(T value) {
    if (known.size() >= ENTRIES_MAX) {
      known.clear();
    }
    Object first = known.putIfAbsent(value, value);
    return first == null ? value : (T) first;
  }
}
