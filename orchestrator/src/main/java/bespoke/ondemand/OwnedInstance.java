package bespoke.ondemand;

import bespoke.contract.Launch;
import bespoke.contract.Launched;
import bespoke.contract.ProcessExit;
import bespoke.contract.Resources;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Method;
import bespoke.model.MethodKind;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import bespoke.model.definition.Definitions;
import bespoke.ondemand.ArmedInstance.Act;
import bespoke.os.Poller;
import bespoke.os.Signals;
import bespoke.restarter.DelegatedMethods.Prepared;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Carries out what [ArmedInstance] decides for one instance. Everything happens on the loop.
final class OwnedInstance implements Runs {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  private final InstanceFmri fmri;
  private final OnDemandRestarter restarter;
  private final ArmedInstance machine;
  private final Occasion occasion;
  private final TreeSet<Long> active = new TreeSet<>();
  private final Deque<Act> acts = new ArrayDeque<>();
  private @Nullable InstanceDefinition definition;
  private Poller.@Nullable Registration killing;
  private boolean isActing;
  private ArmedRecords.Known written = ArmedRecords.Known.NOTHING;

  OwnedInstance(InstanceFmri fmri, OnDemandRestarter restarter, boolean wasArmed) {
    this.fmri = fmri;
    this.restarter = restarter;
    this.machine = new ArmedInstance(wasArmed);
    this.occasion = restarter.kind().occasion(fmri, this);
  }

  InstanceFmri fmri() {
    return fmri;
  }

  void ordered(String event) {
    act(machine.ordered(event));
  }

  /// A contract that an earlier restarter left behind.
  void found(long contract, LongConsumer adopt) {
    restarter.own(contract, this);
    active.add(contract);
    occasion.found(contract);
    adopt.accept(contract);
    restarter.contracts().awaitEmpty(contract);
  }

  void exited(ProcessExit exit) {
    occasion.exited(exit.contract(), exit);
  }

  void emptied(long contract) {
    active.remove(contract);
    occasion.emptied(contract);
    if (active.isEmpty()) {
      cancelKilling();
      act(machine.processesGone());
    }
    remember();
  }

  private void act(List<Act> more) {
    acts.addAll(more);
    if (isActing) {
      return;
    }
    isActing = true;
    try {
      for (Act act = acts.poll(); act != null; act = acts.poll()) {
        carryOut(act);
      }
    } finally {
      isActing = false;
    }
    remember();
  }

  private void carryOut(Act act) {
    switch (act) {
      case Act.Arm(boolean again) -> arm(again);
      case Act.Disarm() -> occasion.disarm();
      case Act.EndProcesses() -> endProcesses();
      case Act.Tell(var report) ->
          restarter
              .connection()
              .ifPresent(connection -> connection.report(fmri.toString(), report));
      case Act.Forget() -> restarter.forget(this);
    }
  }

  private void arm(boolean again) {
    try {
      PropertyGroups groups =
          restarter
              .configuration()
              .running(fmri)
              .orElseThrow(() -> new NotArmedException("It has no running snapshot."));
      definition = new Definitions().read(fmri, groups, Origin.UNKNOWN);
      acts.addAll(machine.armed(occasion.arm(groups), again));
    } catch (NotArmedException e) {
      log(e.reason());
      acts.addAll(machine.notArmed(e.reason(), again));
    }
  }

  /// Signals what its methods left and kills what is still there after the stop method's timeout.
  private void endProcesses() {
    if (active.isEmpty()) {
      acts.addAll(machine.processesGone());
      return;
    }
    Method stop = definition == null ? null : definition.methods().get(MethodKind.STOP);
    int signal =
        stop != null && stop.form() == Method.Form.KILL
            ? Signals.number(stop.killSignal()).orElse(Signals.TERM)
            : Signals.TERM;
    for (long contract : active) {
      restarter.contracts().signal(contract, signal);
      restarter.contracts().awaitEmpty(contract);
    }
    Duration patience = stop == null ? STOP_TIMEOUT : stop.timeout().orElse(STOP_TIMEOUT);
    cancelKilling();
    killing = after(patience, () -> active.forEach(restarter.contracts()::kill));
  }

  private void cancelKilling() {
    if (killing != null) {
      killing.cancel();
      killing = null;
    }
  }

  private void remember() {
    var known = new ArmedRecords.Known(machine.isArmed(), active);
    if (known.equals(written)) {
      return;
    }
    written = known;
    try {
      restarter.records().write(fmri, known);
    } catch (IOException e) {
      log("Cannot remember what runs: " + e.getMessage() + ".");
    }
  }

  // --- what an occasion may do

  @Override
  public OptionalLong start(
      List<String> around, Map<String, String> more, UnaryOperator<Launch> change) {
    Prepared prepared =
        restarter.methods().prepare(fmri, MethodKind.START, restarter.nextRun(), around, more);
    if (!(prepared instanceof Prepared.Ready(Launch launch))) {
      return OptionalLong.empty();
    }
    long contract = restarter.nextContract(this);
    Map<String, String> limits = definition == null ? Map.of() : definition.resources().values();
    if (!limits.isEmpty()) {
      restarter.contracts().limit(contract, new Resources(limits)).forEach(this::log);
    } else {
      restarter.contracts().create(contract, fmri.shortName());
    }
    active.add(contract);
    remember();
    Launched launched = restarter.contracts().launch(contract, change.apply(launch));
    if (launched instanceof Launched.Failed(var failure)) {
      log(failure.reason());
      active.remove(contract);
      restarter.disown(contract);
      remember();
      return OptionalLong.empty();
    }
    restarter.contracts().awaitEmpty(contract);
    return OptionalLong.of(contract);
  }

  @Override
  public Duration startTimeout() {
    Method start = definition == null ? null : definition.methods().get(MethodKind.START);
    return start == null ? Duration.ZERO : start.timeout().orElse(Duration.ZERO);
  }

  @Override
  public void kill(long contract) {
    restarter.contracts().kill(contract);
  }

  @Override
  public void log(String message) {
    restarter.methods().log(fmri, message);
  }

  @Override
  public void fail(String reason) {
    log(reason);
    act(machine.failed(reason));
  }

  @Override
  public void tell(String about) {
    act(machine.waitsFor(about));
  }

  @Override
  public Poller.Registration after(Duration delay, Runnable task) {
    return restarter.loop().after(delay, task);
  }

  @Override
  public Poller.Registration watch(int descriptor, Poller.Handler handler) {
    return restarter.loop().watch(descriptor, Poller.READABLE, handler);
  }

  @Override
  public Clock clock() {
    return Clock.system(ZoneId.systemDefault());
  }

  @Override
  public Path file(String suffix) {
    return restarter.records().file(fmri, suffix);
  }
}
