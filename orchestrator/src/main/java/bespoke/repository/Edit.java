package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.PropertyType;
import java.util.List;
import java.util.Optional;

/// One change that a person makes to what is configured (svccfg(8)); nothing takes effect before a
/// refresh.
public sealed interface Edit {

  /// What is edited.
  Fmri entity();

  /// `add`: a service, or an instance of a service; missing services are made too.
  record AddEntity(Fmri entity) implements Edit {}

  /// `delete`: the entity with all below it, and the dependencies it declared in others.
  record DeleteEntity(Fmri entity) implements Edit {}

  /// `addpg`: refused when it exists.
  record AddGroup(Fmri entity, String group, String type) implements Edit {}

  /// `delpg`: refused when it does not exist.
  record DeleteGroup(Fmri entity, String group) implements Edit {}

  /// `setprop`: the group must exist; a new property needs a type, an existing one keeps its own.
  ///
  /// @param type empty to keep the type of an existing property
  /// @param values in the text form of the type; may be none
  record SetProperty(
      Fmri entity, String group, String property, Optional<PropertyType> type, List<String> values)
      implements Edit {
    public SetProperty {
      values = List.copyOf(values);
    }
  }

  /// `delprop`: refused when it does not exist.
  record DeleteProperty(Fmri entity, String group, String property) implements Edit {}

  /// `addpropvalue`: adds a value that is not there yet; makes the property if a type is given.
  record AddValue(
      Fmri entity, String group, String property, Optional<PropertyType> type, String value)
      implements Edit {}

  /// `delpropvalue`: removes the values that match a glob; no match is no error.
  record DeleteValues(Fmri entity, String group, String property, String glob) implements Edit {}

  /// `delcust`: takes back what administrators changed.
  ///
  /// @param group a glob over group names, or over `group/property`
  record DeleteCustomizations(Fmri entity, String group) implements Edit {}

  /// `revert`: restores what a snapshot holds, for the instance and its service.
  record Revert(Fmri entity, SnapshotName snapshot) implements Edit {}
}
