package bespoke.engine;

import bespoke.graph.CycleMembers;
import bespoke.graph.DependencyGraph;
import bespoke.graph.InstanceVertex;
import bespoke.graph.Satisfied;
import bespoke.model.AuxiliaryState;
import bespoke.model.EnabledSetting;
import bespoke.model.FileFmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.RuntimeState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The deterministic state machine over the dependency graph: the same envelopes always give the
/// same decisions.
///
/// Not thread-safe: owned by one thread. Queries ([#statuses], [#graph]) are for that thread, too;
/// what they return of instances is immutable.
public final class Engine {
  private final DependencyGraph graph;
  private final Turn turn;
  private final Records records;
  private final Takedown takedown;
  private final InstanceMachine master;
  private final GraphEngine graphEngine;
  private final Milestones milestones;
  private final Set<InstanceRecord> cyclic = new LinkedHashSet<>();
  private final WatchedFiles files;
  private boolean shuttingDown;
  private boolean shutdownCompleted;

  /// An engine that knows of nothing.
  public Engine() {
    this(new DependencyGraph());
  }

  private Engine(DependencyGraph graph) {
    this.graph = graph;
    this.turn = new Turn(graph.satisfaction());
    this.records = new Records(graph);
    this.takedown = new Takedown(turn, records);
    this.master = new InstanceMachine(turn);
    this.graphEngine = new GraphEngine(turn, graph, records, takedown, master);
    this.milestones = new Milestones(turn, records, takedown);
    this.files = new WatchedFiles(turn, graph, records);
  }

  /// An engine of its own that decides from now on exactly as this one would: what plans are made
  /// with. Costs what the engine holds; what [#takeTouched] would tell is not copied.
  public Engine copy() {
    Engine copy = new Engine(graph.copy());
    copy.turn.continueFrom(turn);
    copy.records.copyFrom(records);
    copy.graphEngine.continueFrom(graphEngine);
    copy.milestones.restore(milestones.current());
    cyclic.forEach(it -> copy.cyclic.add(copy.records.sameAs(it)));
    copy.files.continueFrom(files);
    copy.shuttingDown = shuttingDown;
    copy.shutdownCompleted = shutdownCompleted;
    return copy;
  }

  /// What the world still owes an answer to.
  ///
  /// @param nowNanos on the clock of the envelopes
  public List<Undertaking> undertakings(long nowNanos) {
    List<Undertaking> undertakings = new ArrayList<>();
    for (InstanceRecord instance : records.all()) {
      Undertaking.of(instance, nowNanos).ifPresent(undertakings::add);
    }
    return undertakings;
  }

  /// The files that the world was asked to look at and did not report yet.
  public Set<FileFmri> unobservedFiles() {
    return files.unobserved();
  }

  /// Takes one event and tells what to do about it, in order.
  public List<Decision> handle(Envelope envelope) {
    turn.begin(envelope);
    dispatch(envelope.event());
    graphEngine.settle();
    completeShutdown();
    return turn.end();
  }

  // --- queries

  /// Every configured instance, in order of appearance.
  public List<InstanceStatus> statuses() {
    List<InstanceStatus> statuses = new ArrayList<>();
    for (InstanceRecord instance : records.all()) {
      statuses.add(instance.status());
    }
    return statuses;
  }

  /// One instance, if it is known.
  public Optional<InstanceStatus> status(InstanceFmri instance) {
    return Optional.ofNullable(records.get(instance)).map(InstanceRecord::status);
  }

  /// The graph; its satisfaction is that of now.
  public DependencyGraph graph() {
    return graph;
  }

  /// The milestone in force.
  public Milestone milestone() {
    return milestones.current();
  }

  /// Whether nothing is under way: no method, no back-off, no file that was not looked at.
  public boolean isSettled() {
    return turn.busy() == 0 && files.areObserved();
  }

  /// Whether everything is being stopped, for good.
  public boolean isShuttingDown() {
    return shuttingDown;
  }

  /// The instances whose status changed since the last call: what the volatile store must learn.
  public List<InstanceStatus> takeTouched() {
    List<InstanceStatus> touched = new ArrayList<>();
    for (InstanceRecord instance : turn.takeTouched()) {
      if (!instance.forgotten) {
        touched.add(instance.status());
      }
    }
    return touched;
  }

  // --- events

  private void dispatch(Event event) {
    switch (event) {
      case Event.DaemonStarted(long number, long contract, Optional<Milestone> milestone) -> {
        turn.reserve(number, contract);
        milestone.ifPresent(milestones::restore);
      }
      case Event.DefinitionsImported imported -> importDefinitions(imported);
      case Event.FileObserved observed -> files.observed(observed);
      case Event.Requested requested -> request(requested);
      case Event.Answered answered -> answer(answered);
      case Event.RestarterConnected(var restarter) -> graphEngine.restarterConnected(restarter);
      case Event.RestarterDisconnected(var restarter) ->
          graphEngine.restarterDisconnected(restarter);
      case Event.RestarterReported report -> {
        InstanceRecord instance = records.get(report.instance());
        if (instance != null) {
          graphEngine.restarterReported(instance, report);
        }
      }
      case Event.RemoteStateChanged _ -> {}
    }
  }

  private void importDefinitions(Event.DefinitionsImported imported) {
    List<InstanceRecord> known = new ArrayList<>();
    for (Event.InstanceImport one : imported.imports()) {
      known.add(define(one));
    }
    markCycles(known);
    known.forEach(turn::conditionChanged);
    for (int i = 0; i < known.size(); i++) {
      InstanceRecord instance = known.get(i);
      imported.imports().get(i).restored().ifPresent(it -> resume(instance, it));
      milestones.restrict(instance);
    }
    known.forEach(this::giveUpVainStart);
    known.forEach(graphEngine::reconsider);
    imported.removed().forEach(this::remove);
    files.watch();
  }

  /// A start that the daemon before had given up, or would have: nobody wants it, or it lost a
  /// dependency meanwhile.
  private void giveUpVainStart(InstanceRecord instance) {
    boolean isWaiting = instance.phase == Phase.START_BACKOFF || instance.phase == Phase.THROTTLED;
    if (isWaiting && !instance.isWanted()) {
      tell(instance, RestarterEvent.ADMIN_DISABLE);
    }
    if (!instance.phase.isStarting()) {
      return;
    }
    if (!instance.isWanted()) {
      tell(instance, RestarterEvent.ADMIN_DISABLE);
    } else if (instance.vertex.dependencies() != Satisfied.YES) {
      master.dependenciesLost(instance);
    }
  }

  private void resume(InstanceRecord instance, RuntimeState facts) {
    master.restoration().resume(instance, facts);
  }

  private InstanceRecord define(Event.InstanceImport one) {
    InstanceRecord known = records.get(one.definition().fmri());
    InstanceDefinition definition = keepingRestarter(known, one.definition());
    InstanceVertex vertex = graph.define(definition);
    if (known != null) {
      known.definition = definition;
      turn.setEnabled(
          known, known.removing ? one.enabled() : known.enabled.updatedBy(one.enabled()));
      known.removing = false;
      turn.touch(known);
      return known;
    }
    InstanceRecord instance = new InstanceRecord(vertex, definition, one.enabled());
    instance.sinceEpochMillis = turn.nowEpochMillis();
    instance.cause = turn.cause();
    instance.suppressed = shuttingDown;
    instance.unreachable = instance.isDelegated(); // until its restarter connects
    one.restored().ifPresent(it -> master.restoration().restore(instance, it));
    records.add(instance);
    turn.touch(instance);
    return instance;
  }

  /// Members of a cycle are in maintenance (DESIGN 3, 3.7), those of a mended one no longer.
  private void markCycles(List<InstanceRecord> changed) {
    Set<InstanceRecord> suspects = new LinkedHashSet<>(cyclic);
    suspects.addAll(changed);
    cyclic.clear();
    List<InstanceVertex> vertices = new ArrayList<>();
    for (InstanceRecord suspect : suspects) {
      if (!suspect.forgotten) {
        vertices.add(suspect.vertex);
      }
    }
    for (InstanceVertex vertex : CycleMembers.reachableFrom(graph, vertices)) {
      InstanceRecord member = records.get(vertex);
      if (member != null) {
        cyclic.add(member);
        suspects.add(member);
      }
    }
    for (InstanceRecord suspect : suspects) {
      boolean isCyclic = cyclic.contains(suspect);
      if (suspect.cyclic != isCyclic) {
        suspect.cyclic = isCyclic;
        turn.conditionChanged(suspect);
        turn.send(new Message.CameToRest(suspect));
      }
    }
  }

  private void remove(InstanceFmri fmri) {
    InstanceRecord instance = records.get(fmri);
    if (instance != null) {
      instance.removing = true;
      turn.conditionChanged(instance);
      disable(instance);
      graphEngine.reconsider(instance);
    }
  }

  private void tell(InstanceRecord instance, RestarterEvent event) {
    turn.send(new Message.ToRestarter(instance, event, Optional.empty()));
  }

  // --- requests

  private void request(Event.Requested requested) {
    switch (requested) {
      case Event.EnableRequested enable -> {
        InstanceRecord instance = records.get(enable.instance());
        if (instance != null) {
          enable(instance, enable);
        }
      }
      case Event.RestartRequested(var fmri, boolean dump) -> {
        InstanceRecord instance = records.get(fmri);
        if (instance != null) {
          restart(instance, dump);
        }
      }
      case Event.RefreshRequested(var fmri, var definition) -> {
        InstanceRecord instance = records.get(fmri);
        if (instance != null) {
          refresh(instance, definition);
        }
      }
      case Event.ClearRequested(var fmri) -> {
        InstanceRecord instance = records.get(fmri);
        if (instance != null) {
          tell(
              instance,
              instance.state == InstanceState.DEGRADED
                  ? RestarterEvent.ADMIN_RESTORE
                  : RestarterEvent.ADMIN_MAINT_OFF);
        }
      }
      case Event.MarkRequested mark -> {
        InstanceRecord instance = records.get(mark.instance());
        if (instance != null) {
          mark(instance, mark);
        }
      }
      case Event.MilestoneRequested(var milestone) -> milestones.request(milestone);
      case Event.ShutdownRequested() -> shutDown();
    }
  }

  private void enable(InstanceRecord instance, Event.EnableRequested request) {
    EnabledSetting old = instance.enabled;
    EnabledSetting wanted =
        request.temporary()
            ? new EnabledSetting(old.permanent(), Optional.of(request.enabled()), request.comment())
            : new EnabledSetting(
                Optional.of(request.enabled()), Optional.empty(), request.comment());
    turn.setEnabled(instance, wanted);
    if (request.enabled()) {
      takedown.cancel(instance);
      graphEngine.reconsider(instance);
    } else {
      disable(instance);
    }
  }

  private void disable(InstanceRecord instance) {
    if (instance.isUp()) {
      if (!instance.toDisable) {
        takedown.disable(instance);
      }
    } else {
      tell(instance, RestarterEvent.ADMIN_DISABLE);
    }
  }

  private void restart(InstanceRecord instance, boolean dump) {
    if (dump && instance.isRunning() && instance.contract != InstanceRecord.NONE) {
      turn.decide(
          new Decision.SignalContract(instance.fmri(), instance.contract, "ABRT", turn.cause()));
    } else {
      tell(instance, RestarterEvent.ADMIN_RESTART);
    }
  }

  /// Another restarter takes over only what the old one does not run any more (smf.md 7.1).
  private static InstanceDefinition keepingRestarter(
      @Nullable InstanceRecord known, InstanceDefinition wanted) {
    if (known == null || !known.isUp() && !known.phase.isStopping()) {
      return wanted;
    }
    return wanted.restarter().equals(known.definition.restarter())
        ? wanted
        : wanted.restartedBy(known.definition.restarter());
  }

  private void refresh(InstanceRecord instance, InstanceDefinition wanted) {
    InstanceDefinition definition = keepingRestarter(instance, wanted);
    graph.define(definition);
    instance.definition = definition;
    turn.touch(instance);
    markCycles(List.of(instance));
    turn.conditionChanged(instance);
    files.watch();
    tell(instance, RestarterEvent.ADMIN_REFRESH);
    turn.send(new Message.CameToRest(instance));
  }

  private void mark(InstanceRecord instance, Event.MarkRequested mark) {
    instance.requestAuxiliary =
        mark.onTerminal() ? AuxiliaryState.ADMINISTRATIVE_REQUEST : AuxiliaryState.SERVICE_REQUEST;
    instance.auxiliaryFmri = mark.byService();
    boolean toMaintenance = mark.state() == InstanceState.MAINTENANCE;
    RestarterEvent event =
        toMaintenance
            ? mark.immediate()
                ? RestarterEvent.ADMIN_MAINT_ON_IMMEDIATE
                : RestarterEvent.ADMIN_MAINT_ON
            : mark.immediate()
                ? RestarterEvent.ADMIN_DEGRADE_IMMEDIATE
                : RestarterEvent.ADMIN_DEGRADED;
    tell(instance, event);
  }

  private void shutDown() {
    shuttingDown = true;
    for (InstanceRecord instance : records.all()) {
      instance.suppressed = true;
      if (instance.state == InstanceState.MAINTENANCE
          && instance.contract != InstanceRecord.NONE
          && !instance.emptied) {
        turn.kill(instance, instance.contract); // nothing of ours outlives an orderly shutdown
      }
    }
    takedown.disableAll(List.copyOf(records.all()));
  }

  private void completeShutdown() {
    if (!shuttingDown || shutdownCompleted || turn.busy() > 0) {
      return;
    }
    for (InstanceRecord instance : records.all()) {
      if (instance.isRunning() && !instance.unreachable) {
        return;
      }
    }
    shutdownCompleted = true;
    turn.decide(new Decision.CompleteShutdown(turn.cause()));
  }

  // --- answers

  private void answer(Event.Answered answered) {
    InstanceRecord instance = records.get(answered.instance());
    if (instance == null) {
      return;
    }
    switch (answered) {
      case Event.MethodStarted started -> master.methodStarted(instance, started);
      case Event.MethodExited exited -> master.methodExited(instance, exited);
      case Event.ContractEmptied(_, long contract) -> master.contractEmptied(instance, contract);
      case Event.MemberDied died -> master.memberDied(instance, died);
      case Event.ReadinessReported(_, long contract) ->
          master.readinessReported(instance, contract);
      case Event.StatusReported(_, _, String text) -> {
        instance.statusText = text;
        turn.touch(instance);
      }
      case Event.WatchdogExpired(_, long contract) -> master.watchdogExpired(instance, contract);
      case Event.ProbeAnswered probe -> master.probeAnswered(instance, probe);
      case Event.TimerFired(_, long timer) ->
          turn.fired(instance, timer).ifPresent(it -> master.timerFired(instance, it));
    }
  }
}
