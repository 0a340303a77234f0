package bespoke.supervisor.process;

import bespoke.supervisor.config.LogLevel;

/// What the machine wants done, in order.
public sealed interface ProcessOrder {
  /// Start the process; answered by [ProcessEvent.Spawned] or [ProcessEvent.SpawnFailed] at once.
  record Spawn() implements ProcessOrder {}

  /// Send a signal to the process, or to its process group.
  record Signal(int number, boolean toGroup) implements ProcessOrder {}

  /// Send a signal to everything that is left in its contract.
  record SignalContract(int number) implements ProcessOrder {}

  /// Kill everything in its contract; answered by [ProcessEvent.ContractEmptied].
  record KillContract() implements ProcessOrder {}

  /// Tell event listeners that the state changed.
  ///
  /// @param pid of the process that the change is about; 0 = none
  /// @param tries failed starts in a row
  /// @param expected whether an exit was expected
  record Announce(ProcessState from, ProcessState to, long pid, int tries, boolean expected)
      implements ProcessOrder {}

  /// Write a line into the activity log; `%n` stands for the process's name.
  record Log(LogLevel level, String text) implements ProcessOrder {}
}
