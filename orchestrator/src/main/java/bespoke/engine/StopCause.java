package bespoke.engine;

import bespoke.model.AuxiliaryState;
import bespoke.model.Severity;

/// Why a running instance stops: the words of its log (smf.md 6.6), its auxiliary state, how grave
/// it is for dependents, and whether it counts as a failure of the instance.
enum StopCause {
  EXITED("all processes in service exited", AuxiliaryState.CT_EV_EXIT, Severity.RESTART, true),
  EXITED_NORMALLY(
      "all processes in service exited", AuxiliaryState.CT_EV_EXIT, Severity.RESTART, false),
  EXITED_WITH_ERROR(
      "service exited with an error", AuxiliaryState.CT_EV_EXIT, Severity.RESTART, false),
  EXITED_WITH_CONFIGURATION_ERROR(
      "service exited with a configuration error",
      AuxiliaryState.METHOD_FAILED,
      Severity.FAULT,
      false),
  CORE("process dumped core", AuxiliaryState.CT_EV_CORE, Severity.FAULT, true),
  SIGNAL(
      "process received fatal signal from outside the service",
      AuxiliaryState.CT_EV_SIGNAL,
      Severity.FAULT,
      true),
  DEPENDENCY(
      "dependency activity requires stop",
      AuxiliaryState.DEPENDENCY_ACTIVITY,
      Severity.RESTART,
      false),
  DISABLED("service disabled", AuxiliaryState.DISABLE_REQUEST, Severity.RESTART, false),
  RESTART("service restarting", AuxiliaryState.RESTART_REQUEST, Severity.RESTART, false),
  MONITOR("its monitor method failed", AuxiliaryState.MONITOR_FAILED, Severity.FAULT, true),
  WATCHDOG("it missed its watchdog", AuxiliaryState.WATCHDOG_TIMEOUT, Severity.FAULT, true);

  final String text;
  final AuxiliaryState auxiliary;
  final Severity severity;
  final boolean isFailure;

  StopCause(String text, AuxiliaryState auxiliary, Severity severity, boolean isFailure) {
    this.text = text;
    this.auxiliary = auxiliary;
    this.severity = severity;
    this.isFailure = isFailure;
  }
}
