package bespoke.model;

import java.util.Optional;

/// Whether an instance should run (smf.md 2.8).
///
/// @param permanent `general/enabled`; empty makes the instance invisible to the graph
/// @param override `general_ovr/enabled`, lost at reboot
/// @param comment why it was disabled, as the administrator put it, or empty
public record EnabledSetting(
    Optional<Boolean> permanent, Optional<Boolean> override, String comment) {

  /// Configured but off.
  public static final EnabledSetting DISABLED =
      new EnabledSetting(Optional.of(false), Optional.empty(), "");

  /// A permanent setting without an override.
  public static EnabledSetting permanently(boolean enabled) {
    return new EnabledSetting(Optional.of(enabled), Optional.empty(), "");
  }

  /// The setting in force: the override, else the permanent value, else off.
  public boolean effective() {
    return override.orElse(permanent.orElse(false));
  }

  /// Whether the override says otherwise than the permanent value.
  public boolean isTemporary() {
    return override.isPresent() && !override.equals(permanent);
  }

  /// What is in force when configuration, which knows only permanent settings, brings another one:
  /// `svcadm enable -t` holds until the next boot or until somebody says something else.
  public EnabledSetting updatedBy(EnabledSetting configured) {
    return override.isPresent() && configured.override().isEmpty()
        ? new EnabledSetting(configured.permanent(), override, comment)
        : configured;
  }

  /// Whether the graph knows the instance at all.
  public boolean isConfigured() {
    return permanent.isPresent() || override.isPresent();
  }
}
