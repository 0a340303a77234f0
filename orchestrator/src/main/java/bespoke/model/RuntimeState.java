package bespoke.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The volatile facts of one instance, the `restarter` property group (smf.md 2.6): what survives
/// the death of the daemon but not a reboot.
///
/// @param state now
/// @param next the state it is moving to, or null when it rests
/// @param auxiliary why it is in this state
/// @param auxiliaryFmri the service that asked for maintenance, with `SERVICE_REQUEST`
/// @param sinceEpochMillis of the last commit of a state, in milliseconds since 1970 UTC
/// @param contract of its processes, if it has one
/// @param methodContract of a running stop or refresh method, or of a transient start method
/// @param startPid of the last start method
/// @param startWaitStatus raw wait status (wait(2)) of the last attempt to start
/// @param failures attempts of a method that failed in a row
/// @param failureTimesEpochMillis of the recent failures that count for `critical_failure_count`,
///   oldest first
/// @param run the method run under way, or 0
/// @param detail a sentence for a person about the last failure, or empty
/// @param statusText the last `STATUS=` of sd_notify(3), or empty
/// @param progress what was under way, so that the next daemon can go on
public record RuntimeState(
    InstanceState state,
    @Nullable InstanceState next,
    AuxiliaryState auxiliary,
    Optional<InstanceFmri> auxiliaryFmri,
    long sinceEpochMillis,
    OptionalLong contract,
    OptionalLong methodContract,
    OptionalLong startPid,
    OptionalInt startWaitStatus,
    int failures,
    List<Long> failureTimesEpochMillis,
    long run,
    String detail,
    String statusText,
    RestarterProgress progress) {

  public RuntimeState {
    failureTimesEpochMillis = List.copyOf(failureTimesEpochMillis);
  }

  /// The facts of an instance with which nothing is under way.
  public RuntimeState(
      InstanceState state,
      @Nullable InstanceState next,
      AuxiliaryState auxiliary,
      Optional<InstanceFmri> auxiliaryFmri,
      long sinceEpochMillis,
      OptionalLong contract,
      OptionalLong methodContract,
      OptionalLong startPid,
      OptionalInt startWaitStatus,
      int failures,
      List<Long> failureTimesEpochMillis,
      long run,
      String detail,
      String statusText) {
    this(
        state,
        next,
        auxiliary,
        auxiliaryFmri,
        sinceEpochMillis,
        contract,
        methodContract,
        startPid,
        startWaitStatus,
        failures,
        failureTimesEpochMillis,
        run,
        detail,
        statusText,
        RestarterProgress.NONE);
  }

  /// The same with other progress.
  public RuntimeState with(RestarterProgress other) {
    return new RuntimeState(
        state,
        next,
        auxiliary,
        auxiliaryFmri,
        sinceEpochMillis,
        contract,
        methodContract,
        startPid,
        startWaitStatus,
        failures,
        failureTimesEpochMillis,
        run,
        detail,
        statusText,
        other);
  }

  /// An instance that was never seen before.
  public static RuntimeState initial(long nowEpochMillis) {
    return new RuntimeState(
        InstanceState.UNINITIALIZED,
        null,
        AuxiliaryState.INSERT_IN_GRAPH,
        Optional.empty(),
        nowEpochMillis,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalInt.empty(),
        0,
        List.of(),
        0,
        "",
        "");
  }
}
