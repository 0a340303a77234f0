package bespoke.contract;

import bespoke.os.Children;
import bespoke.os.Processes;
import bespoke.os.WaitStatus;
import java.util.Optional;

/// A child of ours that was launched in a contract and is not reaped.
///
/// @param contract where it belongs
/// @param process it
/// @param trampolined what it should become, if something else runs before that
record LaunchedChild(long contract, KnownProcess process, Optional<ProgramCheck> trampolined) {

  /// One that we had before we opened these contracts.
  static LaunchedChild adopted(long contract, KnownProcess process) {
    return new LaunchedChild(contract, process, Optional.empty());
  }

  /// Why it never became its program, if so; asked when it has ended and is not reaped.
  Optional<LaunchFailure> failureOf(Children.Dead dead) {
    WaitStatus status = dead.status();
    if (trampolined.isEmpty() || !status.isExited() || status.exitStatus() == 0) {
      return Optional.empty();
    }
    ProgramCheck program = trampolined.get();
    return Processes.stat(dead.pid())
        .map(stat -> stat.command().strip()) // echo adds a newline
        .filter(name -> !program.isCalled(name))
        .flatMap(name -> Trampoline.explain(name, status.exitStatus(), program));
  }
}
