package bespoke.change;

import bespoke.model.InstanceState;
import org.jspecify.annotations.Nullable;

/// What is known of one member on one passage.
final class Follow {
  final Member member;
  private final boolean ranBefore;
  private final boolean wantsRefresh;
  private final boolean isResumed;
  private @Nullable Condition now;
  private boolean stale;
  private boolean wasOrdered;
  private boolean wasDown;
  private boolean wasRefreshed;
  private boolean isWell;
  private boolean isDue;

  /// @param ranBefore whether it ran before the change
  /// @param wantsRefresh whether its refresh method must run, should it be up all the time
  /// @param isResumed whether an earlier daemon may have started it anew
  Follow(Member member, boolean ranBefore, boolean wantsRefresh, boolean isResumed) {
    this.isResumed = isResumed;
    this.member = member;
    this.ranBefore = ranBefore;
    this.wantsRefresh = wantsRefresh;
  }

  /// Its definition came into force.
  ///
  /// @param isStale whether what runs was started with another
  void cameIntoForce(@Nullable Condition condition, boolean isStale) {
    now = condition;
    stale = isStale;
    boolean wasStarted = condition != null && condition.isRunning() && !isStale;
    boolean isRestartedOrNew =
        member.need() == Need.RESTART || member.effect() == Member.Effect.CREATED;
    if (isResumed && wasStarted && isRestartedOrNew) {
      wasDown = true; // before that daemon died; whether it is well is still to be seen
    }
  }

  void moved(Condition condition) {
    now = condition;
    if (!condition.isRunning()) {
      isWell = false;
      if (!condition.isMoving()) {
        wasDown = true;
        stale = false;
      }
    }
  }

  /// Whether it waits for others, and not yet in vain.
  boolean isWaiting() {
    Condition condition = now;
    return condition != null && condition.isWaiting() && !condition.isStuck();
  }

  void refreshed() {
    wasRefreshed = true;
  }

  void answered(boolean isGood) {
    isWell = isGood && wasTouched();
  }

  /// What it must be told when its wave begins; null for nothing.
  @Nullable Order order(Direction direction) {
    isDue = true;
    Condition condition = now;
    if (condition == null || !condition.isEnabled()) {
      return null;
    }
    if (condition.isWaiting() && !stale) {
      now = condition.blockedBy(""); // what held it up is perhaps gone since
      return new Order.Look(member.instance());
    }
    if (condition.isBroken()) {
      boolean mayTry =
          direction == Direction.BACK ? ranBefore : !wasDown && member.need() != Need.NOTHING;
      return mayTry ? ordered(new Order.Clear(member.instance())) : null;
    }
    if (stale) {
      return ordered(new Order.Restart(member.instance()));
    }
    if (!wantsRefresh || wasDown || !condition.isRunning()) {
      return null;
    }
    return ordered(
        condition.state() == InstanceState.DEGRADED
            ? new Order.Restart(member.instance())
            : new Order.Refresh(member.instance()));
  }

  private Order ordered(Order order) {
    wasOrdered = true;
    wasDown = false;
    isWell = false;
    return order;
  }

  /// Whether it was refreshed on this passage, so that the way back must refresh it, too.
  boolean wasRefreshed() {
    return wasRefreshed || wantsRefresh && wasOrdered;
  }

  private boolean wasTouched() {
    return wasDown || wasRefreshed;
  }

  /// Whether it should run in the end.
  private boolean isExpected(Condition condition) {
    return condition.isEnabled()
        && (ranBefore || wasOrdered || member.effect() == Member.Effect.CREATED);
  }

  /// Whether nothing more is to be waited for.
  boolean isDone() {
    Condition condition = now;
    if (member.effect() == Member.Effect.DELETED) {
      return condition == null || condition.isDown();
    }
    if (condition == null) {
      return member.effect() != Member.Effect.CREATED;
    }
    if (!isExpected(condition)) {
      return true;
    }
    if (!condition.isRunning() || condition.isMoving() || stale) {
      return false;
    }
    if (wantsRefresh && !wasTouched()) {
      return false;
    }
    return !member.isMonitored() || !wasTouched() || isWell;
  }

  /// What is wrong with it for good, or null.
  @Nullable String failure() {
    Condition condition = now;
    if (condition == null || member.effect() == Member.Effect.DELETED || !isExpected(condition)) {
      return null;
    }
    if (isDue && condition.isStuck()) {
      return sentence();
    }
    if (!wasTouched()) {
      return null;
    }
    boolean isDegraded = condition.state() == InstanceState.DEGRADED && !condition.isMoving();
    boolean refreshFailed = wantsRefresh && wasOrdered && isDegraded;
    return condition.isBroken() || isDegraded || refreshFailed ? sentence() : null;
  }

  /// How it is, in a clause.
  String sentence() {
    Condition condition = now;
    if (condition == null) {
      return member.instance() + " is not known";
    }
    if (condition.isStuck()) {
      return member.instance() + " is offline for good: " + condition.obstacle();
    }
    boolean waitsForMonitor = condition.isRunning() && !condition.isMoving() && !stale;
    String state = member.instance() + " is " + condition.state();
    return waitsForMonitor && condition.state() == InstanceState.ONLINE
        ? state
            + " but its "
            + (wantsRefresh ? "refresh" : "monitor")
            + " method gave no answer yet"
        : state + " (" + condition.reason() + ")";
  }
}
