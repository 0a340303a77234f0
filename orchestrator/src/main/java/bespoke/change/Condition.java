package bespoke.change;

import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Transition;

/// How an instance is, as far as a change cares.
///
/// @param state now
/// @param isMoving whether it is on its way to another state, or a method runs
/// @param isEnabled whether it should run
/// @param reason a clause for a person
/// @param obstacle why it cannot run before somebody acts, a clause; or empty
public record Condition(
    InstanceState state, boolean isMoving, boolean isEnabled, String reason, String obstacle) {

  /// Of a status.
  public static Condition of(InstanceStatus status) {
    return new Condition(
        status.runtime().state(),
        status.runtime().next() != null,
        status.enabled().effective(),
        reason(status.runtime().auxiliary().text(), status.runtime().detail()),
        "");
  }

  /// Right after a transition.
  public static Condition after(Transition transition, boolean isEnabled) {
    return new Condition(
        transition.to(),
        transition.next() != null,
        isEnabled,
        reason(transition.auxiliary().text(), transition.detail()),
        "");
  }

  private static String reason(String text, String detail) {
    return detail.isEmpty() ? text : text + ", " + detail;
  }

  /// The same, with another obstacle or none.
  public Condition blockedBy(String now) {
    return new Condition(state, isMoving, isEnabled, reason, now);
  }

  /// The same, with the setting that holds now.
  public Condition enabled(boolean now) {
    return new Condition(state, isMoving, now, reason, obstacle);
  }

  /// Whether it should run and waits; it may wait in vain.
  public boolean isWaiting() {
    return isEnabled && !isMoving && state == InstanceState.OFFLINE;
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

  /// Whether it waits in vain.
  boolean isStuck() {
    return isWaiting() && !obstacle.isEmpty();
  }
}
