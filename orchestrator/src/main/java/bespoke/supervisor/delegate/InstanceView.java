package bespoke.supervisor.delegate;

import bespoke.delegate.InstanceReport;
import bespoke.supervisor.process.ProcessState;
import bespoke.supervisor.process.ProcessStatus;

/// Decides what one process looks like as an instance. Pure: what was ordered and what state it is
/// in make the report.
final class InstanceView {
  private boolean enabled;
  private String maintenance = "";
  private boolean stopOrdered = true;
  private boolean ending;
  private ProcessState before = ProcessState.STOPPED;

  /// @param enabled what the configuration's `autostart` says
  InstanceView(boolean enabled) {
    this.enabled = enabled;
  }

  /// Whatever happens to the process now happens because the server ends: it is no fault, and it is
  /// to run again.
  void serverEnds() {
    ending = true;
    stopOrdered = true;
  }

  /// What is to be done with the process.
  enum Deed {
    NOTHING,
    START,
    STOP,
    RESTART
  }

  /// Takes an order of the daemon.
  ///
  /// @param event the protocol's word
  /// @param reason the protocol's reason
  Deed ordered(String event, String reason) {
    return switch (event) {
      case "enable" -> {
        enabled = true;
        stopOrdered = true;
        yield Deed.NOTHING;
      }
      case "start" -> {
        maintenance = "";
        yield Deed.START;
      }
      case "disable", "admin_disable" -> {
        enabled = false;
        maintenance = event.equals("disable") ? maintenance : "";
        yield stop();
      }
      case "stop", "stop_reset", "remove_instance" -> stop();
      case "admin_restart" -> {
        stopOrdered = true;
        yield Deed.RESTART;
      }
      case "admin_maint_on", "admin_maint_on_immediate" -> maintenance("administrative_request");
      case "dependency_cycle", "invalid_dependency" -> maintenance(event);
      case "admin_maint_off" -> {
        maintenance = "";
        before = ProcessState.STOPPED;
        stopOrdered = true;
        yield Deed.NOTHING;
      }
      default -> Deed.NOTHING; // add_instance and the degraded states change nothing here
    };
  }

  private Deed stop() {
    stopOrdered = true;
    return Deed.STOP;
  }

  private Deed maintenance(String auxiliary) {
    maintenance = auxiliary;
    return stop();
  }

  /// What the daemon is told about the state the process is in now.
  ///
  /// @param cleared whether an administrator has just taken it out of maintenance
  InstanceReport report(ProcessStatus status, boolean cleared) {
    ProcessState was = before;
    before = status.state();
    if (isUp(status)) {
      stopOrdered = false;
    }
    return switch (status.state()) {
      case STARTING -> new InstanceReport("offline", "online", "none", severity(was), "");
      case BACKOFF ->
          new InstanceReport("offline", "online", "none", severity(was), status.spawnError());
      case RUNNING -> new InstanceReport("online", "", "none", "none", "");
      case STOPPING ->
          new InstanceReport(
              was == ProcessState.RUNNING ? "online" : "offline", rest(), "none", "none", "");
      case STOPPED -> stopped(was);
      case EXITED -> exited(status, cleared);
      case FATAL, UNKNOWN ->
          cleared || !enabled || ending
              ? stopped(was)
              : new InstanceReport(
                  "maintenance", "", "restarting_too_quickly", "fault", status.spawnError());
    };
  }

  /// What somebody has wished past the daemon: `disable` or `enable`; empty if nothing. Asked once
  /// for each change, before [#report].
  String wish(ProcessStatus status) {
    if (!maintenance.isEmpty()) {
      return "";
    }
    if (status.state() == ProcessState.STOPPED && enabled && !stopOrdered) {
      stopOrdered = true;
      return "disable";
    }
    return isUp(status) && !enabled ? "enable" : "";
  }

  /// Whether it is enabled and only its dependencies keep it from running.
  boolean isWaiting(ProcessStatus status) {
    return status.state() == ProcessState.STOPPED
        && enabled
        && stopOrdered
        && maintenance.isEmpty();
  }

  /// Whether it has done what it was to do and counts as online.
  boolean isFinished(ProcessStatus status) {
    return status.state() == ProcessState.EXITED
        && enabled
        && maintenance.isEmpty()
        && status.spawnError().isEmpty();
  }

  /// Whether somebody must clear it before it starts.
  boolean isInMaintenance(ProcessStatus status) {
    return !maintenance.isEmpty()
        || status.state() == ProcessState.FATAL
        || status.state() == ProcessState.UNKNOWN
        || (status.state() == ProcessState.EXITED && !status.spawnError().isEmpty());
  }

  private static boolean isUp(ProcessStatus status) {
    return status.state() == ProcessState.STARTING || status.state() == ProcessState.RUNNING;
  }

  /// A process that leaves RUNNING by itself is a fault to its dependents.
  private static String severity(ProcessState was) {
    return was == ProcessState.RUNNING ? "fault" : "none";
  }

  private InstanceReport stopped(ProcessState was) {
    String severity =
        was == ProcessState.STOPPING || was == ProcessState.RUNNING ? "restart" : "none";
    if (!maintenance.isEmpty()) {
      return new InstanceReport("maintenance", "", maintenance, severity, "");
    }
    if (enabled && !stopOrdered) {
      return new InstanceReport(
          "disabled", "", "administrative_request", severity, "stopped with supervisorctl");
    }
    return new InstanceReport(rest(), "", enabled ? "none" : "disable_request", severity, "");
  }

  private String rest() {
    if (!maintenance.isEmpty()) {
      return "maintenance";
    }
    return enabled && stopOrdered ? "offline" : "disabled";
  }

  private InstanceReport exited(ProcessStatus status, boolean cleared) {
    if (!enabled || !maintenance.isEmpty() || cleared || stopOrdered) {
      return stopped(ProcessState.EXITED);
    }
    return status.spawnError().isEmpty()
        ? new InstanceReport("online", "", "none", "none", "finished as expected")
        : new InstanceReport("maintenance", "", "method_failed", "fault", status.spawnError());
  }
}
