package bespoke.explain;

import bespoke.model.RuntimeState;

/// Why an instance runs, but not well (svcs(1), `-x`).
final class DegradedReason {

  private DegradedReason() {}

  static Reason of(RuntimeState runtime) {
    return Reason.of(ReasonCode.DEGRADED, text(runtime), MaintenanceReason.detailOf(runtime));
  }

  private static String text(RuntimeState runtime) {
    return switch (runtime.auxiliary()) {
      case ADMINISTRATIVE_REQUEST -> "Degraded by an administrator.";
      case SERVICE_REQUEST ->
          runtime
              .auxiliaryFmri()
              .map(fmri -> "Degraded by \"" + fmri + "\"")
              .orElse("Degraded by another service.");
      case METHOD_FAILED, FAULT_THRESHOLD_REACHED -> "Degraded because a method failed.";
      case MONITOR_FAILED -> "Degraded because its monitor method failed repeatedly.";
      case WATCHDOG_TIMEOUT -> "Degraded because it did not ping its watchdog in time.";
      case READINESS_TIMEOUT -> "Degraded because it did not report that it is ready in time.";
      case NONE,
          BAD_REPO_STATE,
          CLEAR_REQUEST,
          CT_EV_CORE,
          CT_EV_EXIT,
          CT_EV_HWERR,
          CT_EV_SIGNAL,
          DEPENDENCIES_SATISFIED,
          DEPENDENCY_ACTIVITY,
          DEPENDENCY_CYCLE,
          INVALID_DEPENDENCY,
          INVALID_RESTARTER,
          DISABLE_REQUEST,
          ENABLE_REQUEST,
          INSERT_IN_GRAPH,
          PER_CONFIGURATION,
          RESTART_REQUEST,
          RESTARTING_TOO_QUICKLY,
          MILESTONE_REQUEST,
          FILE_CHANGED ->
          "Unknown.";
    };
  }
}
