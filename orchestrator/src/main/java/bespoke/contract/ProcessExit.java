package bespoke.contract;

import bespoke.model.MethodOutcome;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A process that is gone.
///
/// @param contract where it was
/// @param pid its process id; may be reused from now on
/// @param run [Launch#run] if it was launched by us or adopted as such; empty for an orphan
/// @param outcome how it ended: [MethodOutcome.NotRun] when it never became the wanted program,
///   [MethodOutcome.Unknown] when it was not our child
/// @param waitStatus the raw status of wait(2), if it was our child
/// @param failure why it never became the wanted program, if so
public record ProcessExit(
    long contract,
    long pid,
    OptionalLong run,
    MethodOutcome outcome,
    OptionalInt waitStatus,
    Optional<LaunchFailure> failure) {

  /// Whether a fatal signal ended it.
  public boolean isSignaled() {
    return outcome instanceof MethodOutcome.Signaled;
  }
}
