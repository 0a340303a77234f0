package bespoke.delegate;

/// The state of an instance as the daemon is told (smf(7)'s words).
///
/// @param next the state it is moving to; empty when it rests
/// @param severity what dependents must do about it: none, fault, restart or refresh
/// @param detail for a person
public record InstanceReport(
    String state, String next, String auxiliary, String severity, String detail) {
  /// On its way from anywhere to online: there is no way but through offline (smf(7)).
  public static final InstanceReport STARTING =
      new InstanceReport("offline", "online", "none", "none", "");

  /// On its way out of maintenance (smf(7)): the state that it rests in is told next.
  public static final InstanceReport UNINITIALIZED =
      new InstanceReport("uninitialized", "", "none", "none", "");

  public boolean isMaintenance() {
    return state.equals("maintenance");
  }

  /// Whether online may follow.
  public boolean isBeforeOnline() {
    return state.equals("offline") || state.equals("online");
  }
}
