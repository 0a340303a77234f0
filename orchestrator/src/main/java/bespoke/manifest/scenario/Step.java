package bespoke.manifest.scenario;

import java.util.List;
import java.util.OptionalDouble;

/// Something happens, the world goes on, and then something must be true.
///
/// @param place where it stands
/// @param action what happens
/// @param forSeconds how long the world goes on; empty means until nothing moves any more
/// @param expectations in order
public record Step(
    Place place, Action action, OptionalDouble forSeconds, List<Expectation> expectations) {
  public Step {
    expectations = List.copyOf(expectations);
  }
}
