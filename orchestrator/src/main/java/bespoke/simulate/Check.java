package bespoke.simulate;

import bespoke.manifest.scenario.Place;
import java.util.List;

/// Whether something that a scenario says was so.
///
/// @param place where it is said
/// @param step what had happened, or `graph`
/// @param expected in words
/// @param got what was seen instead, in words; empty when it holds
/// @param because how it came to that, the last event first
record Check(Place place, String step, String expected, String got, List<String> because) {
  Check {
    because = List.copyOf(because);
  }

  static Check holds(Place place, String step, String expected) {
    return new Check(place, step, expected, "", List.of());
  }

  boolean holds() {
    return got.isEmpty();
  }
}
