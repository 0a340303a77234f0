package bespoke.supervisor.process;

/// What the machine is told about its process.
public sealed interface ProcessEvent {
  /// Somebody, or `autostart`, wants it to run.
  record StartRequested() implements ProcessEvent {}

  /// Somebody wants it not to run.
  record StopRequested() implements ProcessEvent {}

  /// It is to be stopped and, when its contract is empty, started again.
  ///
  /// @param isFault a failed health check, not a person's wish: it counts against `restart_limit`
  record RestartRequested(String reason, boolean isFault) implements ProcessEvent {}

  /// The server ends; nothing is to be started any more.
  record ShutdownBegan() implements ProcessEvent {}

  /// The ordered process runs.
  record Spawned(long pid) implements ProcessEvent {}

  /// The ordered process could not be started.
  record SpawnFailed(String reason) implements ProcessEvent {}

  /// A process that an earlier server started is still there.
  record Adopted(long pid, Moment started, boolean wasRunning) implements ProcessEvent {}

  /// The process said, or a probe found, that it is ready.
  record BecameReady() implements ProcessEvent {}

  /// The process ended.
  ///
  /// @param end how
  /// @param leftovers whether processes that it started are still there
  record Ended(ProcessEnd end, boolean leftovers) implements ProcessEvent {}

  /// The last of the processes that it had started is gone.
  record ContractEmptied() implements ProcessEvent {}

  /// The time of [ProcessMachine#deadline] has come.
  record DeadlinePassed() implements ProcessEvent {}

  /// A signal could not be sent although the process is there.
  record SignalFailed(String reason) implements ProcessEvent {}
}
