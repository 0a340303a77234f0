package bespoke.model.definition;

import bespoke.model.Dependency;
import bespoke.model.Fmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Method;
import bespoke.model.MethodKind;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import bespoke.model.StartdOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns the composed property groups of an instance into its typed definition.
///
/// Keep one for many readings: equal parts of different definitions are the same objects then,
/// which is what makes 10,000 definitions small. Not safe for use by several threads at once.
public final class Definitions {

  private final Sharing sharing = new Sharing();

  /// Reads one instance.
  ///
  /// @param fmri of the instance
  /// @param composed its groups over those of its service ([PropertyGroups#overriddenBy])
  /// @param origin where the instance is declared
  /// @return the definition; with `invalid` set when it cannot be used, never an exception
  public InstanceDefinition read(InstanceFmri fmri, PropertyGroups composed, Origin origin) {
    Faults faults = new Faults();
    Optional<InstanceFmri> restarter = restarter(composed, faults);
    List<Dependency> dependencies = new DependencyReading(sharing, faults).all(composed);
    StartdOptions startd = sharing.one(StartdReading.read(composed));
    ContextReading contexts = new ContextReading(composed, sharing, faults);
    Map<MethodKind, Method> methods =
        new MethodReading(composed, contexts, sharing)
            .all(restarter.isEmpty() && startd.duration() != StartdOptions.Style.TRANSIENT, origin);
    ProbeReading probes = new ProbeReading(composed, contexts, sharing, faults);
    return new InstanceDefinition(
        fmri,
        restarter,
        dependencies,
        methods,
        startd,
        probes.readiness(),
        probes.monitor(),
        sharing.one(ResourceReading.read(composed, faults)),
        sharing.one(TemplateReading.read(composed)),
        faults.reason(),
        faults.sentences(),
        origin);
  }

  private Optional<InstanceFmri> restarter(PropertyGroups composed, Faults faults) {
    Optional<String> text =
        composed.single("general", "restarter").filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (Fmri.parse(text.get()) instanceof InstanceFmri restarter) {
        return restarter.equals(InstanceDefinition.MASTER_RESTARTER)
            ? Optional.empty()
            : Optional.of(sharing.one(restarter));
      }
      faults.restarter("The restarter \"" + text.get() + "\" is a service, not an instance.");
    } catch (IllegalArgumentException e) {
      faults.restarter("The restarter \"" + text.get() + "\" is no FMRI: " + e.getMessage() + ".");
    }
    return Optional.empty();
  }
}
