package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Property;
import bespoke.repository.ImportOptions.PropertyPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an import did, or would do.
///
/// @param outcomes of every service and instance that the descriptions name, in their order
/// @param conflicts where an administrator and the file changed the same thing differently; the
///   administrator's value was kept
/// @param kept administrators' values that differ from the file and were no conflict
/// @param refreshed instances whose `running` snapshot was taken anew with other content, or would
///   be when refreshed: new ones, changed ones, targets of dependents
/// @param warnings sentences about what was left out
public record ImportReport(
    Map<Fmri, Outcome> outcomes,
    List<Conflict> conflicts,
    List<PropertyPath> kept,
    Set<InstanceFmri> refreshed,
    List<String> warnings) {

  /// What happened to one service or instance.
  public enum Outcome {
    NEW,
    CHANGED,
    UNCHANGED
  }

  /// Two changed the same thing differently.
  ///
  /// @param path what
  /// @param kept the administrator's value; empty when it was deleted, or `path` is a whole group
  /// @param wanted the file's value; empty when the file drops it, or `path` is a whole group
  public record Conflict(PropertyPath path, Optional<Property> kept, Optional<Property> wanted) {

    /// The warning for an operator (smf.md 9.2).
    @Override
    public String toString() {
      return path
          + ": conflict upgrading; keeping "
          + kept.map(property -> property.values() + " of " + property.origin()).orElse("deletion")
          + wanted
              .map(property -> ", not " + property.values() + " of " + property.origin())
              .orElse("");
    }
  }
}
