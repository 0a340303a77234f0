package bespoke.graph;

import bespoke.model.Entity;
import java.util.Arrays;

/// Something that a dependency can name. Identity is the object; [#entity] is unique in its graph.
public abstract sealed class Vertex permits InstanceVertex, ServiceVertex, FileVertex {
  private final Entity entity;
  private final int order;
  private final Satisfied[] seen = new Satisfied[View.COUNT];

  Vertex(Entity entity, int order) {
    this.entity = entity;
    this.order = order;
    Arrays.fill(seen, Satisfied.NEVER);
  }

  /// What it stands for.
  public Entity entity() {
    return entity;
  }

  /// Its place in the order of appearance, for decisions that need some fixed order.
  public int order() {
    return order;
  }

  /// How groups see it now, as last published.
  final Satisfied seen(View view) {
    return seen[view.ordinal()];
  }

  final void publish(View view, Satisfied value) {
    seen[view.ordinal()] = value;
  }

  /// It is seen as another is.
  final void seeAs(Vertex other) {
    System.arraycopy(other.seen, 0, seen, 0, seen.length);
  }

  /// How it ought to be seen, from its counters and condition.
  abstract Satisfied current(View view);

  @Override
  public String toString() {
    return entity.toString();
  }
}
