package bespoke.explain.why;

import bespoke.engine.Envelope;
import bespoke.explain.Explainer;
import bespoke.explain.Facts;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.ServiceFmri;
import bespoke.model.Transition;
import bespoke.plan.Simulation;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Remembers everything that happens in a simulation, as the journal does.
final class Recording implements History {
  private final Simulation simulation;
  private final List<Envelope> events = new ArrayList<>();

  Recording(Simulation simulation) {
    this.simulation = simulation;
    simulation.witness(events::add);
  }

  @Override
  public Optional<Envelope> event(long id) {
    return events.stream().filter(it -> it.id() == id).findFirst();
  }

  @Override
  public List<Transition> transitionsOf(long event) {
    return simulation.transitions().stream().filter(it -> it.cause() == event).toList();
  }

  @Override
  public List<Transition> latest(InstanceFmri instance, int countMax) {
    return simulation.transitions().reversed().stream()
        .filter(it -> it.instance().equals(instance))
        .limit(countMax)
        .toList();
  }

  /// Forgets the events before this one, as a rotated journal does.
  void forgetBefore(long id) {
    events.removeIf(it -> it.id() < id);
  }

  List<Envelope> events() {
    return List.copyOf(events);
  }

  /// The account of an instance now.
  Account tell(InstanceFmri instance) {
    Explainer explainer =
        new Explainer(
            new Facts(simulation.engine().statuses(), file -> false, InstanceFmri::logFileName));
    return new Why(this, explainer, this::instancesOf, ZoneOffset.UTC)
        .tell(simulation.engine().status(instance).orElseThrow());
  }

  private List<InstanceFmri> instancesOf(Fmri fmri) {
    return switch (fmri) {
      case InstanceFmri instance -> List.of(instance);
      case ServiceFmri service ->
          simulation.engine().statuses().stream()
              .map(it -> it.fmri())
              .filter(it -> it.serviceFmri().equals(service))
              .toList();
    };
  }
}
