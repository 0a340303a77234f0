package bespoke.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One instance as the engine and the restarter see it: the typed reading of its composed property
/// groups.
///
/// It holds no property groups itself (10,000 of them would not fit the memory budget); who expands
/// tokens asks the repository. Equal parts are shared.
///
/// @param fmri of the instance
/// @param restarter who starts and stops it; empty for the master restarter
/// @param dependencies in the order of the source; without the edge to the restarter
/// @param methods by kind; a missing kind has no property group
/// @param startd the restarter's options
/// @param readiness when it counts as online
/// @param monitor asked while it is online
/// @param resources of its contract
/// @param template what a person may read
/// @param invalid set when the definition cannot be used: the instance goes to maintenance with
///   this reason
/// @param problems what is wrong with it, in sentences; empty when `invalid` is
/// @param origin where the instance is declared
public record InstanceDefinition(
    InstanceFmri fmri,
    Optional<InstanceFmri> restarter,
    List<Dependency> dependencies,
    Map<MethodKind, Method> methods,
    StartdOptions startd,
    Readiness readiness,
    Optional<Probe> monitor,
    Resources resources,
    Template template,
    Optional<AuxiliaryState> invalid,
    List<String> problems,
    Origin origin) {

  /// The master restarter's own instance.
  public static final InstanceFmri MASTER_RESTARTER =
      new InstanceFmri("system/svc/restarter", InstanceFmri.DEFAULT_INSTANCE);

  public InstanceDefinition {
    dependencies = List.copyOf(dependencies);
    methods = Map.copyOf(methods);
    problems = List.copyOf(problems);
  }

  /// A definition with nothing but a name: no dependencies, no methods.
  public static InstanceDefinition bare(InstanceFmri fmri) {
    return new InstanceDefinition(
        fmri,
        Optional.empty(),
        List.of(),
        Map.of(),
        StartdOptions.DEFAULT,
        Readiness.METHOD,
        Optional.empty(),
        Resources.NONE,
        Template.NONE,
        Optional.empty(),
        List.of(),
        Origin.UNKNOWN);
  }

  /// The method of that kind, if its property group exists.
  public Optional<Method> method(MethodKind kind) {
    return Optional.ofNullable(methods.get(kind));
  }

  /// The same definition under another restarter; empty for the master restarter.
  public InstanceDefinition restartedBy(Optional<InstanceFmri> other) {
    return new InstanceDefinition(
        fmri,
        other,
        dependencies,
        methods,
        startd,
        readiness,
        monitor,
        resources,
        template,
        invalid,
        problems,
        origin);
  }

  /// The same definition with these dependencies.
  public InstanceDefinition dependingOn(List<Dependency> other) {
    return new InstanceDefinition(
        fmri, restarter, other, methods, startd, readiness, monitor, resources, template, invalid,
        problems, origin);
  }
}
