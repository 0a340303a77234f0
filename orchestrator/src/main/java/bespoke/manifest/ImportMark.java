package bespoke.manifest;

import bespoke.model.Fmri;

/// A property or a whole group that a description forces (`override`) or takes away (`delete`).
///
/// @param entity service or instance
/// @param group the group's name
/// @param property the property's name, or empty for the whole group
/// @param kind what is to happen
public record ImportMark(Fmri entity, String group, String property, Kind kind) {

  /// What the description asks for.
  public enum Kind {
    /// The file's value wins over an administrator's.
    OVERRIDE,
    /// The group goes, whoever made it.
    DELETE
  }
}
