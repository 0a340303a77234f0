package bespoke.repository;

/// A temporary setting, `general_ovr` (smf.md 2.8): lost at reboot.
///
/// @param enabled the wish
/// @param comment why, or empty
public record EnabledOverride(boolean enabled, String comment) {}
