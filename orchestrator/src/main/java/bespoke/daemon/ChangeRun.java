package bespoke.daemon;

import bespoke.api.ChangeStepRecord;
import bespoke.change.ChangeMachine;
import bespoke.change.Condition;
import bespoke.change.Direction;
import bespoke.change.Fact;
import bespoke.change.Order;
import bespoke.change.Standing;
import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Severity;
import bespoke.model.Transition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One change under way, on a thread of its own: what happens goes into the machine, what it orders
/// is carried out.
final class ChangeRun implements Runnable, ChangeCarrier.Ground {
  private static final int FACTS_MAX = 100_000;

  private final ChangeMachine machine;
  private final ChangeCarrier carrier;
  private final Engine engine;
  private final Fact first;
  private final Duration patience;
  private final Set<InstanceFmri> members;
  private final Set<InstanceFmri> interest;
  private final BiConsumer<Boolean, String> log;
  private final Consumer<ChangeStepRecord> told;
  private final LinkedBlockingQueue<Fact> queue = new LinkedBlockingQueue<>(FACTS_MAX);
  private Order.@Nullable AwaitHealth awaited;
  private long deadlineNanos;
  private volatile boolean stopping;
  private volatile int wave;

  /// The engine, as a change needs it.
  interface Engine {
    /// Gives it a fact and waits until it was handled.
    void tell(Event event) throws IOException;

    /// Runs a step on its thread, between two events, and gives it how every instance is.
    Map<InstanceFmri, InstanceStatus> look(Set<InstanceFmri> instances, Runnable step);

    /// How an instance is.
    Optional<InstanceStatus> status(InstanceFmri instance);

    /// Why an instance cannot run before somebody acts, a clause; or empty.
    String obstacle(InstanceFmri instance);
  }

  /// Makes the carrier for the ground that this run is.
  @FunctionalInterface
  interface Carriers {
    ChangeCarrier on(ChangeCarrier.Ground ground);
  }

  /// @param first what the machine is told first
  /// @param log gets what a person should know; `true` for an error
  /// @param told gets every step
  ChangeRun(
      ChangeEntry entry,
      Fact first,
      Carriers carriers,
      Engine engine,
      BiConsumer<Boolean, String> log,
      Consumer<ChangeStepRecord> told) {
    ChangeEntry.Content content = entry.content();
    this.machine = new ChangeMachine(content.members(), content.ranBefore());
    this.first = first;
    this.engine = engine;
    this.patience = Duration.ofSeconds(entry.asked().patienceSeconds());
    this.log = log;
    this.told = told;
    Set<InstanceFmri> names = new LinkedHashSet<>();
    content.members().forEach(it -> names.add(it.instance()));
    this.members = Set.copyOf(names);
    names.addAll(content.ranBefore());
    this.interest = Set.copyOf(names);
    this.carrier = carriers.on(this);
  }

  ChangeEntry entry() {
    return carrier.entry();
  }

  /// In which wave it is, from 1; 0 before the first.
  int wave() {
    return wave;
  }

  /// Something happened; called from any thread.
  void happened(Fact fact) {
    if (!queue.offer(fact)) {
      log.accept(true, "change " + entry().number() + " cannot follow: too much happens");
    }
  }

  /// A transition was committed; called on the engine's thread.
  void happened(Transition transition) {
    if (interest.contains(transition.instance())) {
      if (isRefreshed(transition)) {
        happened(new Fact.Refreshed(transition.instance()));
      }
      happened(new Fact.Moved(transition.instance(), Condition.after(transition, true)));
    }
    if (isRest(transition)) {
      happened(new Fact.CameToRest(transition.instance()));
    }
  }

  /// Whether an instance will not run again before somebody acts.
  static boolean isRest(Transition transition) {
    return transition.next() == null
        && (transition.to() == InstanceState.MAINTENANCE
            || transition.to() == InstanceState.DISABLED);
  }

  /// Whether a refresh has just ended well.
  static boolean isRefreshed(Transition transition) {
    return transition.severity() == Severity.REFRESH
        && !transition.changesState()
        && transition.next() == null;
  }

  /// Whether it wants to know of an instance.
  boolean concerns(InstanceFmri instance) {
    return interest.contains(instance);
  }

  /// The daemon goes down; the change waits for the next one.
  void stop() {
    stopping = true;
    happened(new Fact.PatienceEnded(-1));
  }

  @Override
  public void run() {
    try {
      handle(first);
      while (!machine.standing().isEnd() && !stopping) {
        Fact fact = next();
        if (fact != null && !stopping) {
          handle(fact);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Fact next() throws InterruptedException {
    Order.AwaitHealth waiting = awaited;
    if (waiting == null) {
      return queue.take();
    }
    Fact fact = queue.poll(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    if (fact != null) {
      return fact;
    }
    awaited = null;
    return new Fact.PatienceEnded(waiting.number());
  }

  private void handle(Fact fact) {
    Deque<Fact> facts = new ArrayDeque<>();
    facts.add(fact);
    while (!facts.isEmpty()) {
      for (Order order : machine.handle(judged(facts.remove()))) {
        tell(order);
        facts.addAll(carryOut(order));
      }
    }
  }

  /// A move, with what holds now.
  private Fact judged(Fact fact) {
    if (fact instanceof Fact.Moved(InstanceFmri instance, Condition then)) {
      Condition now =
          then.enabled(engine.status(instance).map(it -> it.enabled().effective()).orElse(false));
      tellMove(instance, now);
      boolean mayBeStuck = now.isWaiting() && members.contains(instance);
      return new Fact.Moved(instance, mayBeStuck ? now.blockedBy(engine.obstacle(instance)) : now);
    }
    return fact;
  }

  private List<Fact> carryOut(Order order) {
    if (order instanceof Order.AwaitHealth health) {
      awaited = health;
      wave = health.wave();
      deadlineNanos = System.nanoTime() + patience.toNanos();
    }
    try {
      return carrier.carryOut(order);
    } catch (IOException e) {
      log.accept(true, "change " + entry().number() + ": " + e.getMessage());
      return order instanceof Order.PutInForce
          ? List.of(new Fact.WasRefused(String.valueOf(e.getMessage())))
          : List.of();
    }
  }

  // --- what is told

  private boolean isBack() {
    return machine.standing() == Standing.ROLLING_BACK
        || machine.standing() == Standing.ROLLED_BACK;
  }

  private void tell(Order order) {
    switch (order) {
      case Order.Remember(var standing, String why) -> {
        if (standing == Standing.ROLLING_BACK) {
          step(0, 0, "rolling back: " + why);
          log.accept(true, "change " + entry().number() + " is rolled back: " + why);
        }
      }
      case Order.AwaitHealth(_, Direction direction, int now, int waves, var instances) ->
          step(now, waves, "wave " + now + " of " + waves + ": " + names(instances));
      case Order.Restart(InstanceFmri instance) -> step(wave, 0, "restarting " + instance);
      case Order.Refresh(InstanceFmri instance) -> step(wave, 0, "refreshing " + instance);
      case Order.Clear(InstanceFmri instance) -> step(wave, 0, "clearing " + instance);
      case Order.End(Standing standing, String why) -> {
        String text = "change " + entry().number() + " is " + standing;
        log.accept(false, why.isEmpty() ? text : text + ": " + why);
      }
      case Order.PutInForce _, Order.Admit _, Order.Look _ -> {}
    }
  }

  private static String names(List<InstanceFmri> instances) {
    int shown = 3;
    String names =
        String.join(", ", instances.stream().limit(shown).map(InstanceFmri::toString).toList());
    return instances.size() > shown
        ? names + " and " + (instances.size() - shown) + " more"
        : names;
  }

  private void tellMove(InstanceFmri instance, Condition now) {
    boolean isNews = now.state().isRunning() || now.state() == InstanceState.MAINTENANCE;
    if (isNews && !now.isMoving()) {
      String reason = now.state().isRunning() ? "" : " (" + now.reason() + ")";
      step(wave, 0, instance + " is " + now.state() + reason);
    }
  }

  private void step(int now, int waves, String text) {
    told.accept(new ChangeStepRecord(entry().number(), isBack(), now, waves, text));
  }

  // --- the ground

  @Override
  public void tell(Event event) throws IOException {
    engine.tell(event);
  }

  @Override
  public Map<InstanceFmri, InstanceStatus> look(Set<InstanceFmri> instances) {
    return engine.look(instances, () -> queue.removeIf(ChangeRun::isHappening));
  }

  private static boolean isHappening(Fact fact) {
    return fact instanceof Fact.Moved
        || fact instanceof Fact.CameToRest
        || fact instanceof Fact.Refreshed
        || fact instanceof Fact.MonitorAnswered;
  }

  @Override
  public Optional<InstanceStatus> status(InstanceFmri instance) {
    return engine.status(instance);
  }

  @Override
  public String obstacle(InstanceFmri instance) {
    return engine.obstacle(instance);
  }
}
