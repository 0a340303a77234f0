package bespoke.graph;

import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A service: all of its instances seen together.
public final class ServiceVertex extends Vertex {
  private final List<InstanceVertex> instances = new ArrayList<>(1);
  private final Tally[] tallies = new Tally[View.COUNT];

  ServiceVertex(ServiceFmri service, int order) {
    super(service, order);
    for (int i = 0; i < tallies.length; i++) {
      tallies[i] = new Tally();
    }
  }

  /// The service.
  public ServiceFmri service() {
    return (ServiceFmri) entity();
  }

  /// Its instances that are defined, in order of appearance.
  public List<InstanceVertex> instances() {
    return Collections.unmodifiableList(instances);
  }

  void add(InstanceVertex instance) {
    instances.add(instance);
    for (View view : View.values()) {
      tally(view).add(instance.seen(view), 1);
    }
  }

  /// Takes an instance without counting it; [#tallyAs] does.
  void adopt(InstanceVertex instance) {
    instances.add(instance);
  }

  void tallyAs(ServiceVertex other) {
    for (int i = 0; i < tallies.length; i++) {
      tallies[i].set(other.tallies[i]);
    }
  }

  void remove(InstanceVertex instance) {
    instances.remove(instance);
    for (View view : View.values()) {
      tally(view).add(instance.seen(view), -1);
    }
  }

  void memberChanged(View view, Satisfied from, Satisfied to) {
    tally(view).add(from, -1);
    tally(view).add(to, 1);
  }

  private Tally tally(View view) {
    return tallies[view.ordinal()];
  }

  /// One running instance is enough for a requirement; every instance counts for the other
  /// groupings.
  @Override
  Satisfied current(View view) {
    return switch (view) {
      case REQUIRE -> tally(view).any(Satisfied.NEVER);
      case OPTIONAL, EXCLUDE, EXCLUDE_FIRST -> tally(view).all();
    };
  }
}
