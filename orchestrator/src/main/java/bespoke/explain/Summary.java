package bespoke.explain;

import bespoke.explain.Causes.Cause;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceState;

/// How a sentence "Service X …" about a root cause ends (svcs(1), `-x`).
final class Summary {

  private Summary() {}

  static String of(Cause cause) {
    Node node = cause.node();
    if (cause.excluded() && !node.isRunning()) {
      return node.isEnabled() ? "is excluded but enabled." : "is excluded but not yet disabled.";
    }
    return switch (node.state()) {
      case ONLINE, DEGRADED, LEGACY_RUN -> "is running.";
      case UNINITIALIZED -> "is uninitialized.";
      case DISABLED ->
          node.status.enabled().isTemporary() ? "is temporarily disabled." : "is disabled.";
      case OFFLINE -> ofOffline(node);
      case MAINTENANCE -> ofMaintenance(node.status.runtime().auxiliary());
    };
  }

  private static String ofOffline(Node node) {
    if (!node.bad.isEmpty()) {
      return "has missing dependencies.";
    }
    return node.next() == InstanceState.ONLINE ? "is starting." : "is offline.";
  }

  private static String ofMaintenance(AuxiliaryState auxiliary) {
    return switch (auxiliary) {
      case ADMINISTRATIVE_REQUEST -> "was taken down for maintenance by an administrator.";
      case DEPENDENCY_CYCLE -> "completed a dependency cycle.";
      case FAULT_THRESHOLD_REACHED -> "is not running because a method failed repeatedly.";
      case INVALID_DEPENDENCY -> "has an invalid dependency.";
      case INVALID_RESTARTER -> "has an invalid restarter.";
      case METHOD_FAILED -> "is not running because a method failed.";
      case NONE -> "is not running for an unknown reason.";
      case RESTARTING_TOO_QUICKLY -> "was restarting too quickly.";
      case MONITOR_FAILED -> "is not running because its monitor method failed.";
      case WATCHDOG_TIMEOUT -> "is not running because it did not ping its watchdog.";
      case READINESS_TIMEOUT -> "is not running because it was not ready in time.";
      case SERVICE_REQUEST,
          BAD_REPO_STATE,
          CLEAR_REQUEST,
          CT_EV_CORE,
          CT_EV_EXIT,
          CT_EV_HWERR,
          CT_EV_SIGNAL,
          DEPENDENCIES_SATISFIED,
          DEPENDENCY_ACTIVITY,
          DISABLE_REQUEST,
          ENABLE_REQUEST,
          INSERT_IN_GRAPH,
          PER_CONFIGURATION,
          RESTART_REQUEST,
          MILESTONE_REQUEST,
          FILE_CHANGED ->
          "requires maintenance.";
    };
  }
}
