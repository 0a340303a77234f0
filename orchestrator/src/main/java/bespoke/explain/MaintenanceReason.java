package bespoke.explain;

import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.RuntimeState;
import java.util.ArrayList;
import java.util.List;

/// Why an instance is in maintenance, by its auxiliary state (svcs(1), `-x`).
final class MaintenanceReason {

  private MaintenanceReason() {}

  static Reason of(InstanceStatus status) {
    RuntimeState runtime = status.runtime();
    InstanceFmri restarter =
        status.definition().restarter().orElse(InstanceDefinition.MASTER_RESTARTER);
    return switch (runtime.auxiliary()) {
      case ADMINISTRATIVE_REQUEST ->
          reason(
              ReasonCode.MAINTENANCE_BY_ADMINISTRATOR,
              "Maintenance requested by an administrator.",
              runtime);
      case SERVICE_REQUEST ->
          reason(
              ReasonCode.MAINTENANCE_BY_SERVICE,
              runtime
                  .auxiliaryFmri()
                  .map(fmri -> "Maintenance requested by \"" + fmri + "\"")
                  .orElse("Maintenance requested by another service."),
              runtime);
      case DEPENDENCY_CYCLE ->
          reason(ReasonCode.DEPENDENCY_CYCLE, "Completes a dependency cycle.", status);
      case INVALID_DEPENDENCY ->
          reason(ReasonCode.DEPENDENCY_INVALID, "Has invalid dependency.", status);
      case INVALID_RESTARTER ->
          reason(
              ReasonCode.RESTARTER_INVALID, "Restarter \"" + restarter + "\" is invalid.", status);
      case METHOD_FAILED -> ofMethod(runtime, "");
      case FAULT_THRESHOLD_REACHED -> ofMethod(runtime, "repeatedly");
      case RESTARTING_TOO_QUICKLY ->
          reason(ReasonCode.RESTARTING_TOO_QUICKLY, "Restarting too quickly.", runtime);
      case NONE ->
          reason(
              ReasonCode.NO_EXPLANATION,
              "Restarter " + restarter + " gave no explanation.",
              runtime);
      case MONITOR_FAILED ->
          reason(ReasonCode.NOT_WELL, "Monitor method failed repeatedly.", runtime);
      case WATCHDOG_TIMEOUT ->
          reason(ReasonCode.NOT_WELL, "Did not ping its watchdog in time.", runtime);
      case READINESS_TIMEOUT ->
          reason(ReasonCode.NOT_WELL, "Did not report that it is ready in time.", runtime);
      case BAD_REPO_STATE,
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
          reason(ReasonCode.UNKNOWN, "Unknown.", runtime);
    };
  }

  private static Reason ofMethod(RuntimeState runtime, String repeatedly) {
    int raw = runtime.startWaitStatus().orElse(0);
    if (raw == 0) {
      String text = repeatedly.isEmpty() ? "Method failed." : "Method failed repeatedly.";
      return reason(ReasonCode.METHOD_FAILED, text, runtime);
    }
    String how = new WaitStatus(raw).how();
    String text =
        repeatedly.isEmpty()
            ? "Start method " + how + "."
            : "Start method failed repeatedly, last " + how + ".";
    boolean isTold = runtime.detail().equals("start method " + how);
    return Reason.of(ReasonCode.START_METHOD_FAILED, text, isTold ? List.of() : detailOf(runtime));
  }

  private static Reason reason(ReasonCode code, String text, RuntimeState runtime) {
    return Reason.of(code, text, detailOf(runtime));
  }

  /// A mistake of the definition: all of its problems are details.
  private static Reason reason(ReasonCode code, String text, InstanceStatus status) {
    List<String> details = new ArrayList<>(detailOf(status.runtime()));
    status.definition().problems().stream()
        .filter(problem -> !details.contains(problem))
        .forEach(details::add);
    return Reason.of(code, text, details);
  }

  static List<String> detailOf(RuntimeState runtime) {
    return runtime.detail().isEmpty() ? List.of() : List.of(runtime.detail());
  }
}
