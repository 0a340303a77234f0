package bespoke.restarter;

import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceFmri;
import java.util.Optional;

/// What the restarter looks up when it runs a method; the repository answers.
///
/// Called from any thread, at every run: a refresh changes the next method, never a running one.
public interface Configuration {

  /// The typed reading of the running snapshot, or empty when the instance is unknown.
  Optional<InstanceDefinition> definition(InstanceFmri instance);

  /// The composed property groups of the running snapshot, or empty when there is none.
  Optional<PropertyGroups> running(InstanceFmri instance);

  /// The composed property groups as they are edited now; where `running` lacks a property, it is
  /// looked up here (smf.md 6.2).
  Optional<PropertyGroups> editing(InstanceFmri instance);

  /// The group `restarter` of an instance as it is now (smf.md 2.6), which no snapshot holds; empty
  /// when nobody knows.
  default Optional<PropertyGroup> status(InstanceFmri instance) {
    return Optional.empty();
  }

  /// The live property groups of the service itself, or empty when it is unknown.
  Optional<PropertyGroups> service(ServiceFmri service);
}
