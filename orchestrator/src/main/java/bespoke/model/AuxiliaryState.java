package bespoke.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The short reason of a transition, `restarter/auxiliary_state` (smf(7)).
public enum AuxiliaryState {
  NONE("no reason was given"),
  ADMINISTRATIVE_REQUEST("an administrator asked for it"),
  SERVICE_REQUEST("another service asked for it"),
  BAD_REPO_STATE("the recorded state was incomplete"),
  CLEAR_REQUEST("an administrator cleared it"),
  CT_EV_CORE("a process dumped core"),
  CT_EV_EXIT("the last process exited"),
  CT_EV_HWERR("a hardware error hit a process"),
  CT_EV_SIGNAL("a process died of a signal from outside the service"),
  DEPENDENCIES_SATISFIED("its dependencies are satisfied"),
  DEPENDENCY_ACTIVITY("something it depends on stopped or restarted"),
  DEPENDENCY_CYCLE("it is part of a dependency cycle"),
  INVALID_DEPENDENCY("one of its dependencies is not valid"),
  INVALID_RESTARTER("its restarter is not valid"),
  DISABLE_REQUEST("it was disabled"),
  ENABLE_REQUEST("it was enabled"),
  FAULT_THRESHOLD_REACHED("a method failed repeatedly"),
  INSERT_IN_GRAPH("it was seen for the first time"),
  METHOD_FAILED("a method failed"),
  PER_CONFIGURATION("its configuration says so"),
  RESTART_REQUEST("an administrator restarted it"),
  RESTARTING_TOO_QUICKLY("it failed too often in too short a time"),
  /// bespoke: the monitor method or a probe failed repeatedly.
  MONITOR_FAILED("its monitor method failed repeatedly"),
  /// bespoke: a service with `readiness: {notify: sd_notify}` missed its watchdog.
  WATCHDOG_TIMEOUT("it did not ping its watchdog in time"),
  /// bespoke: the start method ran but readiness was not reported in time.
  READINESS_TIMEOUT("it did not report that it is ready in time"),
  /// bespoke: a milestone or the shutdown of the daemon takes it down.
  MILESTONE_REQUEST("the milestone does not include it"),
  /// bespoke: a file it depends on changed.
  FILE_CHANGED("a file it depends on changed");

  private final String text;

  AuxiliaryState(String text) {
    this.text = text;
  }

  /// The long reason, the end of a sentence after "because".
  public String text() {
    return text;
  }

  /// The short reason as stored and printed: `dependency_activity`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The reason of that name, or null.
  public static @Nullable AuxiliaryState named(String name) {
    for (AuxiliaryState state : values()) {
      if (state.toString().equals(name)) {
        return state;
      }
    }
    return null;
  }
}
