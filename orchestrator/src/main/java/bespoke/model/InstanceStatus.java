package bespoke.model;

/// Everything a reader may know of one instance at one moment.
///
/// @param definition what it is
/// @param enabled whether it should run
/// @param runtime how it is
/// @param cause id of the event that led to the present state, for `svcs why`
public record InstanceStatus(
    InstanceDefinition definition, EnabledSetting enabled, RuntimeState runtime, long cause) {

  /// The instance.
  public InstanceFmri fmri() {
    return definition.fmri();
  }
}
