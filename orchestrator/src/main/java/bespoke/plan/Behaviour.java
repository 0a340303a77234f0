package bespoke.plan;

import bespoke.model.InstanceDefinition;
import bespoke.model.Method;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.StartdOptions;
import java.time.Duration;

/// How the methods of one instance are predicted to go.
///
/// @param start how long the start method takes
/// @param startOutcome how it ends
/// @param leavesProcesses whether processes are left in the contract after the start method
///   succeeded
/// @param notifies whether the service says that it is ready, when the start method's time is over
/// @param stop how long from the signal, or the end of the stop method, until the contract is
///   empty; negative means never
/// @param method how long stop and refresh methods take
/// @param methodOutcome how they end
public record Behaviour(
    Duration start,
    MethodOutcome startOutcome,
    boolean leavesProcesses,
    boolean notifies,
    Duration stop,
    Duration method,
    MethodOutcome methodOutcome) {

  /// Everything succeeds at once.
  public static final Behaviour INSTANT =
      new Behaviour(
          Duration.ZERO,
          new MethodOutcome.Exited(0),
          true,
          false,
          Duration.ZERO,
          Duration.ZERO,
          new MethodOutcome.Exited(0));

  /// How a service of this definition behaves when everything succeeds.
  ///
  /// @param start from the beginning of the start until it is online
  /// @param stop from the beginning of the stop until it is down
  /// @param refresh how long its refresh method takes
  public static Behaviour of(
      InstanceDefinition definition, Duration start, Duration stop, Duration refresh) {
    boolean isTransient = definition.startd().duration() == StartdOptions.Style.TRANSIENT;
    boolean notifies =
        switch (definition.readiness().kind()) {
          case METHOD, PROBE -> false;
          case SD_NOTIFY, DESCRIPTOR -> true;
        };
    boolean hasStopMethod =
        definition
            .method(MethodKind.STOP)
            .filter(it -> it.form() == Method.Form.COMMAND)
            .isPresent();
    return new Behaviour(
        start,
        INSTANT.startOutcome,
        !isTransient,
        notifies,
        hasStopMethod ? Duration.ZERO : stop,
        hasStopMethod ? stop : refresh,
        INSTANT.methodOutcome);
  }

  /// The same, but the start method takes this long.
  public Behaviour starting(Duration duration) {
    return new Behaviour(
        duration, startOutcome, leavesProcesses, notifies, stop, method, methodOutcome);
  }

  /// The same, but the start method ends like this.
  public Behaviour startEnding(MethodOutcome outcome) {
    return new Behaviour(start, outcome, leavesProcesses, notifies, stop, method, methodOutcome);
  }

  /// The same, but stop and refresh methods end like this.
  public Behaviour methodsEnding(MethodOutcome outcome) {
    return new Behaviour(start, startOutcome, leavesProcesses, notifies, stop, method, outcome);
  }

  /// The same, but stop and refresh methods take this long.
  public Behaviour methodsTaking(Duration duration) {
    return new Behaviour(
        start, startOutcome, leavesProcesses, notifies, stop, duration, methodOutcome);
  }

  /// The same, but this long from the signal until nothing is left.
  public Behaviour stopping(Duration duration) {
    return new Behaviour(
        start, startOutcome, leavesProcesses, notifies, duration, method, methodOutcome);
  }

  /// The same, but the start method leaves nothing behind.
  public Behaviour leavingNothing() {
    return new Behaviour(start, startOutcome, false, notifies, stop, method, methodOutcome);
  }

  /// The same, but it says when it is ready.
  public Behaviour notifying() {
    return new Behaviour(start, startOutcome, leavesProcesses, true, stop, method, methodOutcome);
  }

  /// Whether the start method succeeds.
  boolean starts() {
    return startOutcome instanceof MethodOutcome.Exited(int status) && status == 0;
  }
}
