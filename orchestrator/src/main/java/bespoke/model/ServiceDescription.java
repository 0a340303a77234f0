package bespoke.model;

import java.util.List;
import java.util.Optional;

/// A service as a manifest describes it: what every reader produces and the repository stores.
///
/// Dependencies, methods and contexts are property groups; the shorthand of a format is expanded by
/// its reader.
///
/// @param fmri of the service
/// @param groups at service level
/// @param instances in the order of the source
/// @param dependents dependencies declared from the other side (smf(7), `<dependent>`)
/// @param origin where the service is declared
public record ServiceDescription(
    ServiceFmri fmri,
    PropertyGroups groups,
    List<InstanceDescription> instances,
    List<Dependent> dependents,
    Origin origin) {

  public ServiceDescription {
    instances = List.copyOf(instances);
    dependents = List.copyOf(dependents);
  }

  /// One instance of the service.
  ///
  /// @param name the instance name
  /// @param enabled the manifest's wish, `general/enabled` when the instance is first imported;
  ///   empty when it says nothing, which leaves the instance invisible to the graph (smf(7))
  /// @param groups at instance level
  /// @param dependents dependencies on this instance declared from the other side
  /// @param origin where it is declared
  public record InstanceDescription(
      String name,
      Optional<Boolean> enabled,
      PropertyGroups groups,
      List<Dependent> dependents,
      Origin origin) {

    public InstanceDescription {
      dependents = List.copyOf(dependents);
    }
  }

  /// "Somebody else depends on me": becomes a dependency group of the target, marked external.
  ///
  /// @param dependency the group as it will stand in the target; its entity is the declaring
  ///   service or instance
  /// @param target who gets the dependency
  public record Dependent(Dependency dependency, Fmri target) {}
}
