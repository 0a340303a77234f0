package bespoke.daemon;

import bespoke.change.ChangeMachine;
import bespoke.change.Condition;
import bespoke.change.Fact;
import bespoke.change.Order;
import bespoke.change.Standing;
import bespoke.engine.Decision;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Transition;
import bespoke.plan.Obstacles;
import bespoke.plan.Plan;
import bespoke.plan.Simulation;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A change in the simulated world: the machine that decides and the carrier that carries out are
/// those of a real one, the configuration is a rehearsal and the processes are predicted.
final class ForeseenChange implements Plan.Course, ChangeCarrier.Ground {
  private static final int EVENTS_MAX = 5_000_000;

  private final Repository rehearsal;
  private final ChangeMachine machine;
  private final ChangeCarrier carrier;
  private final Fact first;
  private final Duration patience;
  private final Set<InstanceFmri> members = new HashSet<>();
  private final Set<InstanceFmri> interest = new HashSet<>();
  private final Deque<Fact> happened = new ArrayDeque<>();
  private @Nullable Simulation world;
  private Order.@Nullable AwaitHealth awaited;
  private Duration deadline = Duration.ZERO;

  /// The event that led to what is told now.
  private long cause;

  /// @param first what the machine is told first
  /// @param rehearsal keeps nothing
  /// @param definitions over the rehearsal
  ForeseenChange(
      ChangeEntry entry,
      Fact first,
      Repository rehearsal,
      KnownDefinitions definitions,
      EngineLoop.Clock clock) {
    ChangeEntry.Content content = entry.content();
    this.rehearsal = rehearsal;
    this.machine = new ChangeMachine(content.members(), content.ranBefore());
    this.carrier = new ChangeCarrier(rehearsal, definitions, this, _ -> {}, clock, entry);
    this.first = first;
    content.members().forEach(member -> members.add(member.instance()));
    interest.addAll(members);
    interest.addAll(content.ranBefore());
    this.patience = Duration.ofSeconds(entry.asked().patienceSeconds());
  }

  /// Why it is rolled back, or empty.
  String failure() {
    return machine.standing() == Standing.COMPLETE ? "" : carrier.entry().why();
  }

  @Override
  public boolean run(Simulation simulation) {
    world = simulation;
    simulation.observe(this::decided);
    simulation.witness(this::happens);
    try {
      handle(first);
      for (int i = 0; i < EVENTS_MAX && !machine.standing().isEnd(); i++) {
        step(simulation);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return machine.standing().isEnd();
  }

  private void step(Simulation simulation) throws IOException {
    Order.AwaitHealth waiting = awaited;
    if (!happened.isEmpty()) {
      cause = simulation.lastEnvelope();
      handle(judged(happened.remove()));
    } else if (waiting != null
        && (simulation.pending() == 0 || simulation.elapsed().compareTo(deadline) > 0)) {
      awaited = null;
      handle(new Fact.PatienceEnded(waiting.number()));
    } else if (simulation.pending() == 0) {
      handle(new Fact.WasRefused("nothing moves any more"));
    } else {
      simulation.step();
    }
  }

  private void handle(Fact fact) throws IOException {
    Deque<Fact> facts = new ArrayDeque<>(List.of(fact));
    while (!facts.isEmpty()) {
      for (Order order : machine.handle(facts.remove())) {
        if (order instanceof Order.AwaitHealth health) {
          awaited = health;
          deadline = world().elapsed().plus(patience);
        }
        facts.addAll(carrier.carryOut(order));
      }
    }
  }

  /// A move, with what holds now.
  private Fact judged(Fact fact) {
    if (fact instanceof Fact.Moved(InstanceFmri instance, Condition then)) {
      Condition now =
          then.enabled(status(instance).map(it -> it.enabled().effective()).orElse(false));
      return new Fact.Moved(
          instance,
          now.isWaiting() && members.contains(instance) ? now.blockedBy(obstacle(instance)) : now);
    }
    return fact;
  }

  // --- what happens

  private void happens(Envelope envelope) {
    if (envelope.event() instanceof Event.ProbeAnswered probe) {
      happened.add(new Fact.MonitorAnswered(probe.instance(), probe.well(), probe.detail()));
    }
  }

  private void decided(Decision decision) {
    switch (decision) {
      case Decision.TakeStartSnapshot(InstanceFmri instance, _) -> {
        try {
          rehearsal.takeStartSnapshots(List.of(instance));
        } catch (RepositoryException e) {
          throw new UncheckedIOException(e);
        }
      }
      case Decision.RecordTransition(Transition it) -> {
        if (interest.contains(it.instance())) {
          if (ChangeRun.isRefreshed(it)) {
            happened.add(new Fact.Refreshed(it.instance()));
          }
          happened.add(new Fact.Moved(it.instance(), Condition.after(it, true)));
        }
        if (ChangeRun.isRest(it)) {
          happened.add(new Fact.CameToRest(it.instance()));
        }
      }
      case Decision _ -> {}
    }
  }

  // --- the ground

  private Simulation world() {
    Simulation running = world;
    if (running == null) {
      throw new IllegalStateException("it does not run yet");
    }
    return running;
  }

  @Override
  public void tell(Event event) {
    world().happen(event, cause);
  }

  @Override
  public Map<InstanceFmri, InstanceStatus> look(Set<InstanceFmri> instances) {
    happened.clear();
    Map<InstanceFmri, InstanceStatus> found = new LinkedHashMap<>();
    instances.forEach(it -> status(it).ifPresent(status -> found.put(it, status)));
    return found;
  }

  @Override
  public Optional<InstanceStatus> status(InstanceFmri instance) {
    return world().engine().status(instance);
  }

  @Override
  public String obstacle(InstanceFmri instance) {
    return Obstacles.forGood(instance, world().engine());
  }
}
