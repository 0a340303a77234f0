package bespoke.engine;

import bespoke.model.ExitStatuses;
import bespoke.model.MethodOutcome;
import bespoke.model.StartdOptions;

/// What it means that the process of a running `child` service ended by itself (smf.md 5.8; a
/// signal is an error, DESIGN 3).
///
/// @param startd how the service wants that to be understood
/// @param outcome how the process ended
record ServiceEnd(StartdOptions startd, MethodOutcome outcome) {

  /// Why the service stops.
  StopCause cause() {
    boolean isClean = isExit(ExitCodes.OK) || statuses().clean().contains(outcome);
    if (isClean) {
      return StopCause.EXITED_NORMALLY;
    }
    return isExit(ExitCodes.ERR_CONFIG) && !statuses().again().contains(outcome)
        ? StopCause.EXITED_WITH_CONFIGURATION_ERROR
        : StopCause.EXITED_WITH_ERROR;
  }

  /// Whether the service is over, and well: it said so by its status, or is not to be restarted.
  boolean isForGood() {
    boolean isLast =
        cause() == StopCause.EXITED_NORMALLY
            && (startd.restart() != StartdOptions.Restart.ALWAYS
                || statuses().last().contains(outcome));
    return (isExit(ExitCodes.TEMP_DISABLE) || isLast) && !statuses().again().contains(outcome);
  }

  /// Whether it is a failure that is not to be followed by another start.
  boolean isLastFailure() {
    return statuses().last().contains(outcome)
        || startd.restart() == StartdOptions.Restart.NEVER && !statuses().again().contains(outcome);
  }

  /// Whether the process asked by its status to be disabled.
  boolean isAskedFor() {
    return isExit(ExitCodes.TEMP_DISABLE) && !statuses().clean().contains(outcome);
  }

  private boolean isExit(int wanted) {
    return outcome instanceof MethodOutcome.Exited(int status) && status == wanted;
  }

  private ExitStatuses.Meaning statuses() {
    return startd.statuses();
  }
}
