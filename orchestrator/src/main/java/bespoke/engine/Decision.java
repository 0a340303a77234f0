package bespoke.engine;

import bespoke.model.EnabledSetting;
import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import bespoke.model.MethodKind;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.OptionalLong;

/// An order, in the imperative. A world carries it out and answers with an [Event].
///
/// Decisions of one [Envelope] are carried out in order. `cause` is the id of the event that led to
/// the order; the world puts it into the answer's envelope, so that every chain reaches its root.
public sealed interface Decision {

  /// Run a method's command in a contract. Answered by [Event.MethodStarted] and
  /// [Event.MethodExited], or by the latter alone when nothing could be started.
  ///
  /// The world expands tokens, sets the context, writes `Executing start method ("…").` and `Method
  /// "start" exited with status N.` to the log. Only methods of the form COMMAND get here.
  ///
  /// @param run unique; never reused, also not by the next daemon
  /// @param contract where its process is born; created if it does not exist. A start method's
  ///   contract is the instance's own; stop and refresh methods get one of their own
  /// @param primary the instance's own contract, if it has one
  /// @param attempt from 1
  /// @param isService whether the process itself is the service (`duration: child`), so that no end
  ///   is expected
  record RunMethod(
      InstanceFmri instance,
      long run,
      MethodKind kind,
      long contract,
      OptionalLong primary,
      int attempt,
      boolean isService,
      long cause)
      implements Decision {}

  /// Send a signal to every process of a contract. When it is empty or unknown,
  /// [Event.ContractEmptied] is the answer.
  ///
  /// @param signal name without `SIG`, or a number
  record SignalContract(InstanceFmri instance, long contract, String signal, long cause)
      implements Decision {}

  /// Kill every process of a contract (`cgroup.kill`, else SIGKILL until it is empty). Always
  /// answered by [Event.ContractEmptied] in the end.
  record KillContract(InstanceFmri instance, long contract, long cause) implements Decision {}

  /// Answer with [Event.ContractEmptied] when the contract is empty; at once if it is already, or
  /// unknown.
  record AwaitEmpty(InstanceFmri instance, long contract, long cause) implements Decision {}

  /// Forget a contract: what is left in it runs on, unwatched; no further event about it.
  record AbandonContract(InstanceFmri instance, long contract, long cause) implements Decision {}

  /// Ask a probe once. Answered by [Event.ProbeAnswered] within its timeout.
  ///
  /// @param readiness the readiness probe rather than the monitor method
  record RunProbe(InstanceFmri instance, long run, boolean readiness, long cause)
      implements Decision {}

  /// Send [Event.TimerFired] after the delay. Timers of one instance have unique numbers.
  record ScheduleTimer(
      InstanceFmri instance, long timer, TimerKind kind, Duration delay, long cause)
      implements Decision {}

  /// The timer is not wanted any more; it may have fired already.
  record CancelTimer(InstanceFmri instance, long timer) implements Decision {}

  /// Commit a transition: volatile store, journal, listeners.
  record RecordTransition(Transition transition) implements Decision {}

  /// Commit the enabled setting; the permanent part durably, before the request is answered.
  record RecordEnabled(InstanceFmri instance, EnabledSetting enabled, long cause)
      implements Decision {}

  /// Remember the milestone for the life of this boot.
  record RecordMilestone(Milestone milestone, long cause) implements Decision {}

  /// Let the `start` snapshot be what `running` is now.
  record TakeStartSnapshot(InstanceFmri instance, long cause) implements Decision {}

  /// Write a restarter line to the instance's log (smf.md 6.6).
  record WriteLog(InstanceFmri instance, String message) implements Decision {}

  /// Write a line to the daemon's own log; `error` also goes to the terminal.
  record WriteDaemonLog(boolean error, String message) implements Decision {}

  /// Tell once whether the file exists, and then whenever that, its content or its identity
  /// changes.
  record WatchFile(FileFmri file, long cause) implements Decision {}

  /// The file is of no interest any more.
  record UnwatchFile(FileFmri file) implements Decision {}

  /// Tell a delegated restarter.
  record SendToRestarter(
      InstanceFmri restarter,
      InstanceFmri instance,
      RestarterEvent event,
      String reason,
      long cause)
      implements Decision {}

  /// The instance was removed and holds nothing any more; forget its volatile state.
  record ForgetInstance(InstanceFmri instance, long cause) implements Decision {}

  /// Everything is down after [Event.ShutdownRequested]; the daemon may end.
  record CompleteShutdown(long cause) implements Decision {}
}
