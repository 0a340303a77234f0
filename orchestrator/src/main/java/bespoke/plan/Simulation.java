package bespoke.plan;

import bespoke.engine.Decision;
import bespoke.engine.Engine;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// The engine in the simulated world, on a virtual clock that jumps from event to event.
public final class Simulation {
  private final Engine engine;
  private final SimulatedWorld world;
  private final PriorityQueue<Scheduled> schedule =
      new PriorityQueue<>(
          Comparator.comparingLong(Scheduled::atNanos).thenComparingLong(Scheduled::order));
  private final List<Transition> transitions = new ArrayList<>();
  private final List<Consumer<Decision>> observers = new ArrayList<>();
  private final List<Consumer<Envelope>> witnesses = new ArrayList<>();
  private final long startEpochMillis;
  private final long startNanos;
  private long nowNanos;
  private long lastOrder;
  private long lastEnvelope;

  /// @param engine owned by this simulation from now on
  /// @param startEpochMillis the wall clock at its beginning
  /// @param lastEnvelope the highest envelope id that the engine has seen
  /// @param behaviours how services behave, asked at every method run
  /// @param exists which files there are
  public Simulation(
      Engine engine,
      long startEpochMillis,
      long lastEnvelope,
      Function<InstanceFmri, Behaviour> behaviours,
      Predicate<FileFmri> exists) {
    this(new Present(engine, startEpochMillis, 0, lastEnvelope), behaviours, exists);
  }

  private Simulation(
      Present present, Function<InstanceFmri, Behaviour> behaviours, Predicate<FileFmri> exists) {
    this.engine = present.engine();
    this.startEpochMillis = present.epochMillis();
    this.startNanos = present.nanos();
    this.lastEnvelope = present.lastEnvelope();
    this.world = new SimulatedWorld(this::after, behaviours, exists);
  }

  /// Goes on from the present: what is under way there is under way here.
  ///
  /// @param present its engine is owned by this simulation from now on
  /// @param behaviours how services behave, asked at every method run
  /// @param exists which files there are
  public static Simulation from(
      Present present, Function<InstanceFmri, Behaviour> behaviours, Predicate<FileFmri> exists) {
    Simulation simulation = new Simulation(present, behaviours, exists);
    Engine engine = present.engine();
    engine.undertakings(present.nanos()).forEach(simulation.world::resume);
    engine.statuses().stream()
        .filter(status -> status.definition().restarter().isPresent())
        .forEach(simulation.world::resume);
    for (FileFmri file : engine.unobservedFiles()) {
      simulation.after(Duration.ZERO, 0, new Event.FileObserved(file, exists.test(file), false));
    }
    return simulation;
  }

  private record Scheduled(long atNanos, long order, long cause, Event event) {}

  /// Every decision is shown to the observer before it is carried out.
  public void observe(Consumer<Decision> observer) {
    observers.add(observer);
  }

  /// Every event is shown to the witness before the engine takes it.
  public void witness(Consumer<Envelope> witness) {
    witnesses.add(witness);
  }

  /// The engine, to be asked and not to be told.
  public Engine engine() {
    return engine;
  }

  /// This moment of the simulation, copied.
  public Present present() {
    return new Present(
        engine.copy(),
        startEpochMillis + nowNanos / 1_000_000,
        startNanos + nowNanos,
        lastEnvelope);
  }

  /// The world, to make things happen in it.
  public SimulatedWorld world() {
    return world;
  }

  /// Every transition so far, in order.
  public List<Transition> transitions() {
    return List.copyOf(transitions);
  }

  /// How much virtual time has passed.
  public Duration elapsed() {
    return Duration.ofNanos(nowNanos);
  }

  /// How many events are still to happen.
  public int pending() {
    return schedule.size();
  }

  /// Something happens now, by a person or by itself.
  public void happen(Event event, Optional<Actor> actor) {
    world.happened(event);
    handle(0, actor, event);
  }

  /// Something happens now that follows from an earlier event.
  ///
  /// @param cause the id of its envelope
  public void happen(Event event, long cause) {
    world.happened(event);
    handle(cause, Optional.empty(), event);
  }

  /// The id of the envelope that was handled last.
  public long lastEnvelope() {
    return lastEnvelope;
  }

  /// Lets everything happen that follows, until nothing moves any more.
  ///
  /// @param until not beyond this long from the beginning
  /// @param eventsMax not more events than these
  /// @return whether it came to that
  public boolean settle(Duration until, int eventsMax) {
    for (int i = 0; i < eventsMax; i++) {
      if (engine.isSettled() && isQuiet() && !world.isBusy()) {
        return true;
      }
      if (pending() == 0 || elapsed().compareTo(until) > 0) {
        return engine.isSettled();
      }
      step();
    }
    return false;
  }

  /// Whether nothing is to happen now; later, something may be.
  public boolean isQuiet() {
    Scheduled first = schedule.peek();
    return first == null || first.atNanos() > nowNanos;
  }

  /// Lets the next thing happen, if there is one.
  public void step() {
    Scheduled first = schedule.poll();
    if (first != null && world.isDue(first.event())) {
      nowNanos = Math.max(nowNanos, first.atNanos());
      world.happened(first.event());
      handle(first.cause(), Optional.empty(), first.event());
    }
  }

  /// Lets everything happen that follows, up to a point in virtual time.
  ///
  /// @param until not beyond this long from the beginning
  /// @param eventsMax not more events than these
  /// @return whether nothing is left to happen before `until`
  public boolean run(Duration until, int eventsMax) {
    for (int i = 0; i < eventsMax; i++) {
      Scheduled first = schedule.peek();
      if (first == null || first.atNanos() > until.toNanos()) {
        nowNanos = Math.max(nowNanos, first == null ? nowNanos : until.toNanos());
        return true;
      }
      schedule.poll();
      if (world.isDue(first.event())) {
        nowNanos = first.atNanos();
        world.happened(first.event());
        handle(first.cause(), Optional.empty(), first.event());
      }
    }
    return false;
  }

  private void after(Duration delay, long cause, Event event) {
    schedule.add(new Scheduled(nowNanos + delay.toNanos(), ++lastOrder, cause, event));
  }

  private void handle(long cause, Optional<Actor> actor, Event event) {
    Envelope envelope =
        new Envelope(
            ++lastEnvelope,
            startEpochMillis + nowNanos / 1_000_000,
            startNanos + nowNanos,
            cause,
            actor,
            event);
    witnesses.forEach(it -> it.accept(envelope));
    for (Decision decision : engine.handle(envelope)) {
      observers.forEach(it -> it.accept(decision));
      if (decision instanceof Decision.RecordTransition(Transition transition)) {
        transitions.add(transition);
      }
      world.carryOut(decision);
    }
  }
}
