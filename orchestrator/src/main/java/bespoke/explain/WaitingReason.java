package bespoke.explain;

import bespoke.model.RuntimeState;

/// Why an instance is offline although nothing it depends on holds it back: it failed and is tried
/// again after a delay, or nobody knows.
final class WaitingReason {

  private WaitingReason() {}

  static Reason of(RuntimeState runtime) {
    if (runtime.failures() > 0) {
      return reason(
          ReasonCode.RETRYING, lastAttempt(runtime) + "; the next attempt follows.", runtime);
    }
    return switch (runtime.auxiliary()) {
      case CT_EV_CORE,
          CT_EV_EXIT,
          CT_EV_HWERR,
          CT_EV_SIGNAL,
          METHOD_FAILED,
          MONITOR_FAILED,
          WATCHDOG_TIMEOUT,
          READINESS_TIMEOUT,
          RESTARTING_TOO_QUICKLY ->
          reason(
              ReasonCode.RETRYING,
              "Waiting to be started again, because " + runtime.auxiliary().text() + ".",
              runtime);
      case NONE,
          ADMINISTRATIVE_REQUEST,
          SERVICE_REQUEST,
          BAD_REPO_STATE,
          CLEAR_REQUEST,
          DEPENDENCIES_SATISFIED,
          DEPENDENCY_ACTIVITY,
          DEPENDENCY_CYCLE,
          INVALID_DEPENDENCY,
          INVALID_RESTARTER,
          DISABLE_REQUEST,
          ENABLE_REQUEST,
          FAULT_THRESHOLD_REACHED,
          INSERT_IN_GRAPH,
          PER_CONFIGURATION,
          RESTART_REQUEST,
          MILESTONE_REQUEST,
          FILE_CHANGED ->
          reason(ReasonCode.UNKNOWN, "Unknown.", runtime);
    };
  }

  private static String lastAttempt(RuntimeState runtime) {
    int raw = runtime.startWaitStatus().orElse(0);
    return raw == 0 ? "Start method failed" : "Start method " + new WaitStatus(raw).how();
  }

  private static Reason reason(ReasonCode code, String text, RuntimeState runtime) {
    return Reason.of(code, text, MaintenanceReason.detailOf(runtime));
  }
}
