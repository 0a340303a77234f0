package bespoke.ondemand;

import bespoke.delegate.InstanceReport;
import bespoke.model.InstanceState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of an instance that is online while it is armed (smf_restarter(7)). Pure:
/// orders and outcomes in, acts out.
///
/// Not safe for use by several threads at once.
final class ArmedInstance {
  private static final String NONE = "none";
  private static final String RESTART = "restart";
  private static final String FAULT = "fault";

  private InstanceState state = InstanceState.DISABLED;
  private boolean enabled;
  private boolean wasArmed;
  private @Nullable Leaving leaving;
  private String auxiliary = NONE;
  private String detail = "";

  /// Where it goes when its processes are gone.
  private record Leaving(InstanceState target, String auxiliary, String severity, String detail) {}

  /// @param wasArmed whether an earlier restarter had armed it since the machine was booted, so
  ///   that it is armed at once when the daemon says that it is still ours
  ArmedInstance(boolean wasArmed) {
    this.wasArmed = wasArmed;
  }

  /// What is to be done.
  sealed interface Act {
    /// Wait for the occasion; answer with [ArmedInstance#armed] or [ArmedInstance#notArmed].
    ///
    /// @param again whether it is armed already, and only its configuration is to be read anew
    record Arm(boolean again) implements Act {}

    /// Wait no longer.
    record Disarm() implements Act {}

    /// End all processes of its methods; answer with [ArmedInstance#processesGone], at once if
    /// there are none.
    record EndProcesses() implements Act {}

    /// Tell the daemon.
    record Tell(InstanceReport report) implements Act {}

    /// Forget everything about it.
    record Forget() implements Act {}
  }

  InstanceState state() {
    return state;
  }

  boolean isArmed() {
    return leaving == null && (state == InstanceState.ONLINE || state == InstanceState.DEGRADED);
  }

  /// An order of the daemon.
  ///
  /// @param event the protocol's word; an unknown one changes nothing
  List<Act> ordered(String event) {
    return switch (event) {
      case "add_instance" -> added();
      case "remove_instance" -> {
        List<Act> acts = new ArrayList<>(List.of(new Act.Disarm(), new Act.EndProcesses()));
        acts.add(new Act.Forget());
        yield acts;
      }
      case "enable" -> {
        enabled = true;
        yield state == InstanceState.DISABLED && leaving == null
            ? rest(InstanceState.OFFLINE)
            : List.of();
      }
      case "disable" -> {
        enabled = false;
        yield state == InstanceState.MAINTENANCE
            ? List.of()
            : leave(InstanceState.DISABLED, "disable_request", RESTART, "");
      }
      case "admin_disable" -> {
        enabled = false;
        yield state == InstanceState.MAINTENANCE
            ? cleared()
            : leave(InstanceState.DISABLED, "disable_request", RESTART, "");
      }
      case "start" -> started();
      case "stop", "stop_reset", "admin_restart" ->
          state == InstanceState.MAINTENANCE || state == InstanceState.DISABLED
              ? List.of()
              : leave(
                  InstanceState.OFFLINE,
                  event.equals("admin_restart") ? "restart_request" : NONE,
                  RESTART,
                  "");
      case "admin_refresh" -> isArmed() ? List.of(new Act.Arm(true)) : List.of();
      case "admin_maint_on", "admin_maint_on_immediate" ->
          leave(InstanceState.MAINTENANCE, "administrative_request", FAULT, "");
      case "dependency_cycle", "invalid_dependency" ->
          leave(InstanceState.MAINTENANCE, event, FAULT, "");
      case "admin_maint_off" -> state == InstanceState.MAINTENANCE ? cleared() : List.of();
      case "admin_degraded", "admin_degrade_immediate" -> move(InstanceState.DEGRADED);
      case "admin_restore" -> move(InstanceState.ONLINE);
      default -> List.of();
    };
  }

  private List<Act> added() {
    if (wasArmed) {
      wasArmed = false;
      enabled = true;
      state = InstanceState.ONLINE;
      return List.of(new Act.Arm(false));
    }
    return List.of(tell(""));
  }

  private List<Act> started() {
    if (state != InstanceState.OFFLINE || leaving != null) {
      return List.of();
    }
    return List.of(
        new Act.Tell(new InstanceReport("offline", "online", NONE, NONE, "")), new Act.Arm(false));
  }

  /// It waits for its occasion now.
  ///
  /// @param about for people, such as when it is due
  /// @param again whether it was armed before
  List<Act> armed(String about, boolean again) {
    detail = about;
    auxiliary = NONE;
    boolean wasDegraded = state == InstanceState.DEGRADED;
    state = InstanceState.ONLINE;
    return List.of(
        new Act.Tell(
            new InstanceReport(
                "online", "", NONE, again && !wasDegraded ? "refresh" : NONE, about)));
  }

  /// What it waits for has changed.
  List<Act> waitsFor(String about) {
    if (!isArmed() || about.equals(detail)) {
      return List.of();
    }
    detail = about;
    return List.of(tell(NONE));
  }

  /// It cannot be armed.
  ///
  /// @param reason a sentence
  /// @param again whether it was armed before with another configuration, which still holds
  List<Act> notArmed(String reason, boolean again) {
    if (again) {
      detail = reason;
      state = InstanceState.DEGRADED;
      auxiliary = "method_failed";
      return List.of(tell(NONE));
    }
    return leave(InstanceState.MAINTENANCE, "method_failed", FAULT, reason);
  }

  /// Its method has failed too often.
  List<Act> failed(String reason) {
    return isArmed()
        ? leave(InstanceState.MAINTENANCE, "restarting_too_quickly", FAULT, reason)
        : List.of();
  }

  /// No process of its methods is left.
  List<Act> processesGone() {
    Leaving left = leaving;
    if (left == null) {
      return List.of();
    }
    leaving = null;
    state = left.target();
    if (state == InstanceState.DISABLED && enabled) {
      state = InstanceState.OFFLINE; // it was enabled again meanwhile
    } else if (state == InstanceState.OFFLINE && !enabled) {
      state = InstanceState.DISABLED;
    }
    auxiliary = left.auxiliary();
    detail = left.detail();
    return List.of(tell(left.severity()));
  }

  private List<Act> leave(
      InstanceState target, String newAuxiliary, String severity, String newDetail) {
    boolean up = state == InstanceState.ONLINE || state == InstanceState.DEGRADED;
    boolean first = leaving == null;
    leaving = new Leaving(target, newAuxiliary, up ? severity : NONE, newDetail);
    List<Act> acts = new ArrayList<>();
    if (up) {
      acts.add(
          new Act.Tell(
              new InstanceReport(state.toString(), target.toString(), newAuxiliary, NONE, "")));
    }
    if (first) {
      acts.add(new Act.Disarm());
      acts.add(new Act.EndProcesses());
    }
    return acts;
  }

  private List<Act> cleared() {
    return List.of(
        new Act.Tell(new InstanceReport("uninitialized", "", "clear_request", NONE, "")),
        settled(enabled ? InstanceState.OFFLINE : InstanceState.DISABLED));
  }

  private List<Act> rest(InstanceState newState) {
    return List.of(settled(newState));
  }

  private Act settled(InstanceState newState) {
    state = newState;
    auxiliary = NONE;
    detail = "";
    return tell(NONE);
  }

  /// Between online and degraded, by an administrator.
  private List<Act> move(InstanceState target) {
    if (!isArmed() || state == target) {
      return List.of();
    }
    state = target;
    auxiliary = target == InstanceState.DEGRADED ? "administrative_request" : NONE;
    return List.of(tell(NONE));
  }

  private Act tell(String severity) {
    return new Act.Tell(
        new InstanceReport(
            state.toString(), "", auxiliary, severity.isEmpty() ? NONE : severity, detail));
  }
}
