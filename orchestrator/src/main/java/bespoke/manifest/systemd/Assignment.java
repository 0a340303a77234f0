package bespoke.manifest.systemd;

import bespoke.model.Origin;

/// One `Key=value` of a unit file, continuation lines joined.
///
/// @param section without brackets; empty for what is no assignment, such as a link
/// @param key as written
/// @param value without the blanks around it; empty resets a list
/// @param at where the key stands
record Assignment(String section, String key, String value, Origin.File at) {

  /// For reports: `Restart=`, or `link`.
  String construct() {
    return section.isEmpty() ? key : key + "=";
  }

  /// Whether the value resets what was said before.
  boolean isReset() {
    return value.isEmpty();
  }
}
