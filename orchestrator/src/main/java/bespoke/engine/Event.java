package bespoke.engine;

import bespoke.model.AuxiliaryState;
import bespoke.model.EnabledSetting;
import bespoke.model.FileFmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.MethodOutcome;
import bespoke.model.RuntimeState;
import bespoke.model.Severity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A fact, in the past tense. Everything that the engine knows of the world arrives as one.
///
/// Who may send what: [Requested] comes from people through `control`; [Answered] comes from a
/// world in answer to a [Decision]; the rest from the daemon.
public sealed interface Event {

  /// The daemon began: the first event of every daemon. An engine that knows of nothing takes it,
  /// so a replay begins here.
  ///
  /// @param number the highest number of a run or timer that an earlier daemon may have given out
  ///   in this boot, 0 for none
  /// @param contract the highest contract id that one has given out, 0 for none
  /// @param milestone in force when the daemon before this one ended, empty if there was none
  record DaemonStarted(long number, long contract, Optional<Milestone> milestone)
      implements Event {}

  // --- configuration

  /// Definitions were added or replaced, or instances removed. The caller has refused cycles
  /// already.
  ///
  /// @param imports in any order; an instance that is known keeps its state
  /// @param removed instances that are gone; a running one is stopped first and then forgotten
  record DefinitionsImported(List<InstanceImport> imports, List<InstanceFmri> removed)
      implements Event {
    public DefinitionsImported {
      imports = List.copyOf(imports);
      removed = List.copyOf(removed);
    }
  }

  /// One instance of an import.
  ///
  /// @param definition its running configuration
  /// @param enabled its setting as the repository has it
  /// @param restored its volatile state from before the daemon started, empty when it is new
  record InstanceImport(
      InstanceDefinition definition, EnabledSetting enabled, Optional<RuntimeState> restored) {}

  /// A file that was asked for with [Decision.WatchFile] was looked at: once at first, then at each
  /// change.
  ///
  /// @param exists whether stat(2) succeeds
  /// @param changed whether its content or identity changed since the last report
  record FileObserved(FileFmri file, boolean exists, boolean changed) implements Event {}

  // --- requests of people (the envelope names the actor)

  /// What a person asked for.
  sealed interface Requested extends Event {}

  /// `svcadm enable` or `disable`.
  ///
  /// @param enabled the wish
  /// @param temporary until reboot
  /// @param comment why, or empty
  record EnableRequested(InstanceFmri instance, boolean enabled, boolean temporary, String comment)
      implements Requested {}

  /// `svcadm restart`.
  ///
  /// @param dump whether the processes get SIGABRT first
  record RestartRequested(InstanceFmri instance, boolean dump) implements Requested {}

  /// `svcadm refresh`: the running configuration was taken anew.
  record RefreshRequested(InstanceFmri instance, InstanceDefinition definition)
      implements Requested {}

  /// `svcadm clear`.
  record ClearRequested(InstanceFmri instance) implements Requested {}

  /// `svcadm mark`.
  ///
  /// @param state MAINTENANCE or DEGRADED
  /// @param immediate without running the stop method
  /// @param temporary until the daemon's next start
  /// @param byService the service on whose behalf the caller acts, if it is inside one
  /// @param onTerminal whether the caller sits at a terminal
  record MarkRequested(
      InstanceFmri instance,
      InstanceState state,
      boolean immediate,
      boolean temporary,
      Optional<InstanceFmri> byService,
      boolean onTerminal)
      implements Requested {}

  /// `svcadm milestone`.
  ///
  /// @param milestone what may run: this instance and all it needs; see [Milestone]
  record MilestoneRequested(Milestone milestone) implements Requested {}

  /// The daemon was asked to stop everything, in reverse order, and then end.
  record ShutdownRequested() implements Requested {}

  // --- answers of the world

  /// What a world reports about an order it was given.
  sealed interface Answered extends Event {
    InstanceFmri instance();
  }

  /// The process of a [Decision.RunMethod] runs in its contract.
  record MethodStarted(InstanceFmri instance, long run, long pid) implements Answered {}

  /// A [Decision.RunMethod] ended. For the start method of a `child` service: its process ended.
  ///
  /// @param waitStatus raw, when there was a process
  record MethodExited(
      InstanceFmri instance, long run, MethodOutcome outcome, OptionalInt waitStatus)
      implements Answered {}

  /// The last process of a contract is gone, or there was none when asked.
  record ContractEmptied(InstanceFmri instance, long contract) implements Answered {}

  /// A member other than a running method died of a fatal signal.
  ///
  /// @param core whether it dumped core
  /// @param fromInside whether a member of the same contract is known to have sent the signal
  record MemberDied(
      InstanceFmri instance, long contract, long pid, int signal, boolean core, boolean fromInside)
      implements Answered {}

  /// The service says it is ready, by sd_notify(3) or its descriptor.
  record ReadinessReported(InstanceFmri instance, long contract) implements Answered {}

  /// The service says how it is (`STATUS=` of sd_notify(3)).
  record StatusReported(InstanceFmri instance, long contract, String text) implements Answered {}

  /// The service did not ping its watchdog in time.
  record WatchdogExpired(InstanceFmri instance, long contract) implements Answered {}

  /// A [Decision.RunProbe] was answered.
  ///
  /// @param well whether the answer was good
  /// @param detail what was wrong, in a sentence, or empty
  record ProbeAnswered(InstanceFmri instance, long run, boolean well, String detail)
      implements Answered {}

  /// A [Decision.ScheduleTimer] is due.
  record TimerFired(InstanceFmri instance, long timer) implements Answered {}

  // --- delegated restarters (smf.md 7)

  /// A restarter connected and its instances may be sent to it.
  record RestarterConnected(InstanceFmri restarter) implements Event {}

  /// A restarter's connection ended.
  record RestarterDisconnected(InstanceFmri restarter) implements Event {}

  /// A restarter reports the state of one of its instances.
  ///
  /// @param next or null
  /// @param detail a sentence for a person, or empty
  record RestarterReported(
      InstanceFmri restarter,
      InstanceFmri instance,
      InstanceState state,
      @Nullable InstanceState next,
      AuxiliaryState auxiliary,
      Severity severity,
      String detail)
      implements Event {}

  /// Another host's instance changed (DESIGN 11); reserved.
  record RemoteStateChanged(InstanceFmri instance, InstanceState state) implements Event {}
}
