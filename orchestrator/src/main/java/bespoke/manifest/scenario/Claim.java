package bespoke.manifest.scenario;

import java.util.List;

/// What must be true of the graph, whatever happens.
public sealed interface Claim {

  /// Where it stands.
  Place place();

  /// There is no cycle of dependencies.
  record NoCycles(Place place) implements Claim {}

  /// Every one of some services needs others, directly or through any number of services.
  record Requires(Place place, Operand services, Operand on) implements Claim {}

  /// None of some services needs any of others.
  record DoesNotRequire(Place place, Operand services, Operand on) implements Claim {}

  /// When one fails for good, at most so many others stop and cannot start again.
  record ImpactAtMost(Place place, Operand of, int instances) implements Claim {}

  /// No service takes down more than so many others when it fails for good.
  record NoSinglePointOfFailure(Place place, int takesDownAtMost, List<Operand> except)
      implements Claim {
    public NoSinglePointOfFailure {
      except = List.copyOf(except);
    }
  }
}
