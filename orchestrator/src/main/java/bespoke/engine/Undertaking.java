package bespoke.engine;

import bespoke.model.InstanceFmri;
import bespoke.model.MethodKind;
import bespoke.model.StartdOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is under way for one instance: what the world owes an answer to. With it a simulated world
/// goes on where the real one stands.
///
/// @param contract of its processes, or 0
/// @param isLive whether there are processes in it, as far as is known
/// @param run the method run under way, or that is the service itself, or 0
/// @param serviceRun the run that is the service itself (`duration: child`), also while another
///   method runs; or 0
/// @param methodContract of the stop or refresh method that runs, or 0
/// @param stage what is waited for
/// @param elapsed how long the stage has lasted
/// @param isStarted whether the method of the stage START is known to run
/// @param isService whether the start method is the service itself (`duration: child`)
/// @param probeRun the question that was asked, or 0
/// @param timers those that are set
public record Undertaking(
    InstanceFmri instance,
    long contract,
    boolean isLive,
    long run,
    long serviceRun,
    long methodContract,
    Stage stage,
    Duration elapsed,
    boolean isStarted,
    boolean isService,
    long probeRun,
    List<Timer> timers) {
  public Undertaking {
    timers = List.copyOf(timers);
  }

  /// What an instance waits for.
  public enum Stage {
    /// Nothing but timers and the end of its processes.
    NONE,
    /// Its start method runs.
    START,
    /// It is to say that it is ready.
    READINESS,
    /// Its stop method runs.
    STOP,
    /// Its refresh method runs.
    REFRESH,
    /// Its processes were asked to end.
    ENDING,
    /// Its processes were killed.
    KILLED;

    /// The kind of the method that runs.
    public Optional<MethodKind> method() {
      return switch (this) {
        case START -> Optional.of(MethodKind.START);
        case STOP -> Optional.of(MethodKind.STOP);
        case REFRESH -> Optional.of(MethodKind.REFRESH);
        case NONE, READINESS, ENDING, KILLED -> Optional.empty();
      };
    }
  }

  /// A timer that was set.
  ///
  /// @param left until it is due; zero if it should have fired already
  public record Timer(long number, Duration left) {}

  static Optional<Undertaking> of(InstanceRecord instance, long nowNanos) {
    if (instance.contract == InstanceRecord.NONE
        && instance.phase == Phase.IDLE
        && instance.timers.isEmpty()) {
      return Optional.empty();
    }
    List<Timer> timers = new ArrayList<>();
    for (InstanceRecord.Timer timer : instance.timers.values()) {
      timers.add(
          new Timer(timer.number(), Duration.ofNanos(Math.max(0, timer.dueNanos() - nowNanos))));
    }
    return Optional.of(
        new Undertaking(
            instance.fmri(),
            instance.contract,
            isLive(instance),
            instance.run == InstanceRecord.NONE ? instance.serviceRun : instance.run,
            instance.serviceRun,
            instance.methodContract,
            stage(instance.phase),
            Duration.ofNanos(Math.max(0, nowNanos - instance.phaseNanos)),
            instance.startPid != InstanceRecord.NONE,
            instance.style() == StartdOptions.Style.CHILD,
            instance.probeRun,
            timers));
  }

  private static boolean isLive(InstanceRecord instance) {
    return instance.contract != InstanceRecord.NONE && !instance.emptied;
  }

  private static Stage stage(Phase phase) {
    return switch (phase) {
      case IDLE, START_BACKOFF, THROTTLED, STOP_BACKOFF, REFRESH_BACKOFF -> Stage.NONE;
      case START_METHOD -> Stage.START;
      case START_READY -> Stage.READINESS;
      case STOP_METHOD -> Stage.STOP;
      case STOP_EMPTY -> Stage.ENDING;
      case REFRESH_METHOD -> Stage.REFRESH;
      case START_CLEANUP, STOP_KILL, CLEAR_KILL -> Stage.KILLED;
    };
  }
}
