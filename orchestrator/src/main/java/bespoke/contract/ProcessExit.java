package bespoke.contract;

import bespoke.model.MethodOutcome;
import bespoke.os.Children;
import bespoke.os.WaitStatus;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A process that is gone.
///
/// @param contract where it was
/// @param pid its process id; may be reused from now on
/// @param run [Launch#run] if it was launched by us or adopted as such; empty for an orphan
/// @param outcome how it ended: [MethodOutcome.NotRun] when it never became the wanted program,
///   [MethodOutcome.Unknown] when it was not our child
/// @param waitStatus the raw status of wait(2), if it is known
/// @param failure why it never became the wanted program, if so
public record ProcessExit(
    long contract,
    long pid,
    OptionalLong run,
    MethodOutcome outcome,
    OptionalInt waitStatus,
    Optional<LaunchFailure> failure) {

  static ProcessExit ofChild(
      long contract,
      Children.Dead dead,
      @Nullable LaunchedChild child,
      Optional<LaunchFailure> failure) {
    return new ProcessExit(
        contract,
        dead.pid(),
        child == null ? OptionalLong.empty() : OptionalLong.of(child.process().run()),
        failure
            .<MethodOutcome>map(why -> new MethodOutcome.NotRun(why.reason(), why.isRetryable()))
            .orElseGet(() -> outcome(dead.status())),
        OptionalInt.of(dead.status().raw()),
        failure);
  }

  /// @param status if the kernel knows
  static ProcessExit ofAdopted(long contract, KnownProcess process, OptionalInt status) {
    return new ProcessExit(
        contract,
        process.pid(),
        OptionalLong.of(process.run()),
        status.isPresent()
            ? outcome(new WaitStatus(status.getAsInt()))
            : new MethodOutcome.Unknown(),
        status,
        Optional.empty());
  }

  private static MethodOutcome outcome(WaitStatus status) {
    return status.isExited()
        ? new MethodOutcome.Exited(status.exitStatus())
        : new MethodOutcome.Signaled(status.signal(), status.isCoreDumped());
  }

  /// Whether a fatal signal ended it.
  public boolean isSignaled() {
    return outcome instanceof MethodOutcome.Signaled;
  }
}
