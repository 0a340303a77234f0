package bespoke.graph.analysis;

import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import java.util.Locale;

/// Something that [Check] found.
///
/// @param severity how grave it is
/// @param rule the rule's name
/// @param fmri whom it is about
/// @param message a sentence that ends with what to do
/// @param origin where it was declared
public record Finding(
    Severity severity, Rule rule, InstanceFmri fmri, String message, Origin origin) {

  /// How grave a finding is.
  public enum Severity {
    /// Something can never start.
    ERROR,
    /// It does not do what it seems to say.
    WARNING,
    /// It could be shorter or clearer.
    INFO;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What is looked for.
  public enum Rule {
    /// The definition cannot be used.
    INVALID_DEFINITION,
    MISSING_DEPENDENCY,
    DEPENDENCY_CYCLE,
    /// It is enabled but requires what is disabled.
    DISABLED_DEPENDENCY,
    /// It requires what it, or something it requires, excludes.
    IMPOSSIBLE_EXCLUSION,
    /// The members of a `require_any` group all need the same instance.
    ILLUSORY_ALTERNATIVE,
    /// Another dependency says the same already.
    REDUNDANT_DEPENDENCY,
    /// A group that holds nothing back as things are.
    NEVER_BINDING,
    /// Several cannot run without it.
    SINGLE_POINT_OF_FAILURE,
    MISSING_STOP,
    /// Disabled, and nobody depends on it.
    UNUSED;

    /// The name as printed: `missing-dependency`.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
