package bespoke.graph;

import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.ServiceFmri;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An instance: what is known of it, and the tally of its own dependency groups.
public final class InstanceVertex extends Vertex {
  private final ServiceFmri service;
  private @Nullable InstanceDefinition definition;
  private List<DependencyGroup> groups = List.of();
  private final Tally tally = new Tally();
  private Condition condition = Condition.ABSENT;

  InstanceVertex(InstanceFmri instance, int order) {
    super(instance, order);
    service = instance.serviceFmri();
    for (View view : View.values()) {
      publish(view, view.of(Condition.ABSENT, Satisfied.YES));
    }
  }

  /// The instance.
  public InstanceFmri fmri() {
    return (InstanceFmri) entity();
  }

  /// Its service: asked for whenever its condition changes, so it is made and checked once.
  ServiceFmri service() {
    return service;
  }

  /// Its definition; empty when it is only mentioned by others.
  public Optional<InstanceDefinition> definition() {
    return Optional.ofNullable(definition);
  }

  /// Its dependency groups, the one on its restarter last.
  public List<DependencyGroup> groups() {
    return groups;
  }

  /// What others need to know of it.
  public Condition condition() {
    return condition;
  }

  /// Whether all its dependency groups are satisfied.
  public Satisfied dependencies() {
    return tally.all();
  }

  void define(@Nullable InstanceDefinition newDefinition, List<DependencyGroup> newGroups) {
    definition = newDefinition;
    groups = newGroups;
  }

  void become(Condition newCondition) {
    condition = newCondition;
  }

  Tally tally() {
    return tally;
  }

  @Override
  Satisfied current(View view) {
    return view.of(condition, condition.isRecursive() ? tally.all() : Satisfied.YES);
  }
}
