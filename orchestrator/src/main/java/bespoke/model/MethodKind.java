package bespoke.model;

import java.util.Locale;

/// The methods that the master restarter runs (smf_method(7)).
public enum MethodKind {
  START,
  STOP,
  REFRESH;

  /// The name of the property group, and `SMF_METHOD`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
