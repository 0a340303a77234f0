package bespoke.change;

import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;

/// How an instance is, as far as a change cares.
///
/// @param state now
/// @param isMoving whether it is on its way to another state, or a method runs
/// @param isEnabled whether it should run
/// @param reason a clause for a person
public record Condition(InstanceState state, boolean isMoving, boolean isEnabled, String reason) {

  /// Of a status.
  public static Condition of(InstanceStatus status) {
    String text = status.runtime().auxiliary().text();
    String detail = status.runtime().detail();
    return new Condition(
        status.runtime().state(),
        status.runtime().next() != null,
        status.enabled().effective(),
        detail.isEmpty() ? text : text + ", " + detail);
  }

  boolean isRunning() {
    return state.isRunning();
  }

  boolean isDown() {
    return !state.isRunning() && !isMoving;
  }

  boolean isBroken() {
    return state == InstanceState.MAINTENANCE && !isMoving;
  }
}
