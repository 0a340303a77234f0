package bespoke.manifest.scenario;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What must be seen in a step or at its end.
public sealed interface Expectation {

  /// Where it stands.
  Place place();

  /// At the end of the step they are in this state.
  record State(Place place, Operand services, String state) implements Expectation {}

  /// At no time of the step is any of them in one of these states.
  record Never(Place place, Operand services, List<String> states) implements Expectation {
    public Never {
      states = List.copyOf(states);
    }
  }

  /// They come into a state and are in it at the end, in time.
  ///
  /// @param withinTransitions after at most so many changes of state of their own
  /// @param withinSeconds of simulated time since the step began
  record Reaches(
      Place place,
      Operand services,
      String state,
      OptionalInt withinTransitions,
      OptionalDouble withinSeconds)
      implements Expectation {}

  /// They came online in this order.
  record Order(Place place, List<Operand> services) implements Expectation {
    public Order {
      services = List.copyOf(services);
    }
  }

  /// They went down and came up again.
  record Restarted(Place place, Operand services) implements Expectation {}

  /// They were up all the time.
  record NotRestarted(Place place, Operand services) implements Expectation {}

  /// Their refresh method ran.
  record Refreshed(Place place, Operand services) implements Expectation {}

  /// Nothing moves any more after so much simulated time.
  record SettlesWithin(Place place, double seconds) implements Expectation {}
}
