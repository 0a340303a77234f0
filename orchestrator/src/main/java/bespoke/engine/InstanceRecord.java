package bespoke.engine;

import bespoke.graph.Condition;
import bespoke.graph.InstanceVertex;
import bespoke.model.AuxiliaryState;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.RuntimeState;
import bespoke.model.Severity;
import bespoke.model.StartdOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the engine knows of one instance. Mutable, owned by the engine, seen by nobody else;
/// readers get [InstanceStatus].
final class InstanceRecord {
  static final long NONE = 0;

  final InstanceVertex vertex;
  InstanceDefinition definition;
  EnabledSetting enabled;

  InstanceState state = InstanceState.UNINITIALIZED;
  @Nullable InstanceState next;
  AuxiliaryState auxiliary = AuxiliaryState.INSERT_IN_GRAPH;
  Optional<InstanceFmri> auxiliaryFmri = Optional.empty();
  long sinceEpochMillis;
  String detail = "";
  String statusText = "";
  long cause;

  Phase phase = Phase.IDLE;

  /// What follows when the present stop or clean-up is done.
  Afterwards afterwards = Afterwards.REST;

  AuxiliaryState afterwardsAuxiliary = AuxiliaryState.NONE;
  String afterwardsDetail = "";
  Severity afterwardsSeverity = Severity.NONE;

  /// Why a person asked for maintenance or degraded.
  AuxiliaryState requestAuxiliary = AuxiliaryState.ADMINISTRATIVE_REQUEST;

  /// The next rest is to be a long one.
  boolean throttled;

  long contract = NONE;
  long methodContract = NONE;

  /// The method run that is under way.
  long run = NONE;

  /// The run that is the service itself (`duration: child`).
  long serviceRun = NONE;

  long probeRun = NONE;
  long startPid = NONE;
  OptionalInt startWaitStatus = OptionalInt.empty();

  /// The contract is known to be empty.
  boolean emptied;

  /// Readiness was reported.
  boolean ready;

  /// The running method was killed because its time was up.
  boolean timedOut;

  boolean refreshWanted;
  Degradation degradation = Degradation.NONE;
  int probeFailures;
  int probeSuccesses;

  /// Attempts of a method that failed in a row.
  int failures;

  final Deque<Long> failureTimes = new ArrayDeque<>(0);
  final Deque<Long> startNanos = new ArrayDeque<>(0);
  final Map<TimerKind, Timer> timers = new EnumMap<>(TimerKind.class);
  long stopDeadlineNanos;

  /// When the present phase began.
  long phaseNanos;

  /// Being taken down because something below it is.
  boolean toOffline;

  /// Being disabled by an administrator, a milestone or the shutdown.
  boolean toDisable;

  /// Whom this instance keeps waiting while it is marked and up.
  List<InstanceRecord> keptWaiting = List.of();

  /// How many marked instances that depend on this one are up.
  int markedDependents;

  /// The order to go down was given.
  boolean takedownSent;

  /// Not to run whatever its setting says: the daemon shuts down.
  boolean suppressed;

  boolean removing;

  /// No longer known to the engine.
  boolean forgotten;

  /// Part of a dependency cycle.
  boolean cyclic;

  /// Its delegated restarter was told of it since it connected.
  boolean announced;

  /// Its delegated restarter is not connected, so that nothing can be asked of it.
  boolean unreachable;

  private @Nullable InstanceStatus status;

  InstanceRecord(InstanceVertex vertex, InstanceDefinition definition, EnabledSetting enabled) {
    this.vertex = vertex;
    this.definition = definition;
    this.enabled = enabled;
  }

  InstanceFmri fmri() {
    return definition.fmri();
  }

  boolean isDelegated() {
    return definition.restarter().isPresent();
  }

  boolean isRunning() {
    return state.isRunning();
  }

  /// Whether it should run.
  boolean isWanted() {
    return enabled.effective() && !suppressed && !removing;
  }

  /// Whether it has processes that must be gone before what it depends on may go.
  boolean isUp() {
    if (unreachable) {
      return false;
    }
    return isRunning()
        || phase == Phase.START_CLEANUP
        || phase.isStarting()
        || (isDelegated() && next == InstanceState.ONLINE);
  }

  StartdOptions.Style style() {
    return definition.startd().duration();
  }

  /// How others see it.
  Condition condition() {
    if (cyclic) {
      return Condition.MAINTENANCE;
    }
    if (!enabled.isConfigured()) {
      return Condition.ABSENT;
    }
    return switch (state) {
      case UNINITIALIZED, LEGACY_RUN -> Condition.UNINITIALIZED;
      case DISABLED -> isWanted() ? Condition.LEAVING_DISABLED : Condition.DISABLED;
      case OFFLINE -> offlineCondition();
      case ONLINE, DEGRADED -> runningCondition();
      case MAINTENANCE -> Condition.MAINTENANCE;
    };
  }

  private Condition offlineCondition() {
    if (phase.isStarting() || phase == Phase.START_CLEANUP) {
      return Condition.STARTING;
    }
    return toDisable || !isWanted() ? Condition.OFFLINE_TO_DISABLE : Condition.OFFLINE;
  }

  private Condition runningCondition() {
    if (toDisable || phase.isStopping() && !isWanted()) {
      return Condition.RUNNING_TO_DISABLE; // the mark does not survive the daemon
    }
    if (toOffline) {
      return Condition.RUNNING_TO_OFFLINE;
    }
    return isWanted() ? Condition.RUNNING : Condition.RUNNING_NOT_ENABLED;
  }

  /// Something that readers see has changed.
  void touch() {
    status = null;
  }

  InstanceStatus status() {
    InstanceStatus known = status;
    if (known == null) {
      known = new InstanceStatus(definition, enabled, runtime(), cause);
      status = known;
    }
    return known;
  }

  private RuntimeState runtime() {
    return new RuntimeState(
        state,
        next,
        auxiliary,
        auxiliaryFmri,
        sinceEpochMillis,
        optional(contract),
        optional(methodContract),
        optional(startPid),
        startWaitStatus,
        failures,
        List.copyOf(failureTimes),
        run != NONE ? run : serviceRun,
        detail,
        statusText,
        Resumption.progress(this));
  }

  private static OptionalLong optional(long value) {
    return value == NONE ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /// The same of the same instance in a copy of the graph; whom it keeps waiting is not copied.
  InstanceRecord copy(InstanceVertex other) {
    InstanceRecord copy = new InstanceRecord(other, definition, enabled);
    copyState(copy);
    copyProgress(copy);
    copy.failureTimes.addAll(failureTimes);
    copy.startNanos.addAll(startNanos);
    copy.timers.putAll(timers);
    copy.status = status;
    return copy;
  }

  private void copyState(InstanceRecord copy) {
    copy.state = state;
    copy.next = next;
    copy.auxiliary = auxiliary;
    copy.auxiliaryFmri = auxiliaryFmri;
    copy.sinceEpochMillis = sinceEpochMillis;
    copy.detail = detail;
    copy.statusText = statusText;
    copy.cause = cause;
    copy.toOffline = toOffline;
    copy.toDisable = toDisable;
    copy.markedDependents = markedDependents;
    copy.takedownSent = takedownSent;
    copy.suppressed = suppressed;
    copy.removing = removing;
    copy.forgotten = forgotten;
    copy.cyclic = cyclic;
    copy.announced = announced;
    copy.unreachable = unreachable;
  }

  private void copyProgress(InstanceRecord copy) {
    copy.phase = phase;
    copy.phaseNanos = phaseNanos;
    copy.afterwards = afterwards;
    copy.afterwardsAuxiliary = afterwardsAuxiliary;
    copy.afterwardsDetail = afterwardsDetail;
    copy.afterwardsSeverity = afterwardsSeverity;
    copy.requestAuxiliary = requestAuxiliary;
    copy.throttled = throttled;
    copy.contract = contract;
    copy.methodContract = methodContract;
    copy.run = run;
    copy.serviceRun = serviceRun;
    copy.probeRun = probeRun;
    copy.startPid = startPid;
    copy.startWaitStatus = startWaitStatus;
    copy.emptied = emptied;
    copy.ready = ready;
    copy.timedOut = timedOut;
    copy.refreshWanted = refreshWanted;
    copy.degradation = degradation;
    copy.probeFailures = probeFailures;
    copy.probeSuccesses = probeSuccesses;
    copy.failures = failures;
    copy.stopDeadlineNanos = stopDeadlineNanos;
  }

  /// A timer that was set.
  ///
  /// @param number as the world knows it
  /// @param dueNanos when it is due, on the clock of the envelopes
  record Timer(long number, long dueNanos) {}

  /// What follows a stop or a clean-up.
  enum Afterwards {
    /// `offline` or `disabled`, as its setting says by then.
    REST,
    /// The next attempt to start.
    RETRY,
    MAINTENANCE
  }

  /// Why a running instance is `degraded`, which decides the way back.
  enum Degradation {
    NONE,
    /// The start method asked for it.
    START,
    ADMINISTRATOR,
    REFRESH,
    MONITOR
  }
}
