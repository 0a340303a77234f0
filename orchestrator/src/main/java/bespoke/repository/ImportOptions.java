package bespoke.repository;

import bespoke.model.Fmri;
import java.util.List;
import java.util.Set;

/// How service descriptions are imported (smf.md 9.2).
///
/// @param refresh whether the `running` snapshot of every touched instance is taken anew
/// @param force whether the file wins every conflict with an administrator
/// @param override properties that the file forces (`override="true"`)
/// @param delete groups that the file removes (`delete="true"`); `property` is empty
/// @param restores whether the file is an archive: it wins as with `force`, over profiles and in
///   `general/enabled` and `general/restarter` too
/// @param files the files that were read, to be remembered with the import
public record ImportOptions(
    boolean refresh,
    boolean force,
    boolean restores,
    Set<PropertyPath> override,
    Set<PropertyPath> delete,
    List<ManifestFile> files) {

  /// Merge, refresh, remember no file.
  public static final ImportOptions DEFAULT =
      new ImportOptions(true, false, false, Set.of(), Set.of(), List.of());

  /// As an archive (`svccfg restore`).
  public static final ImportOptions RESTORE =
      new ImportOptions(true, true, true, Set.of(), Set.of(), List.of());

  public ImportOptions {
    override = Set.copyOf(override);
    delete = Set.copyOf(delete);
    files = List.copyOf(files);
  }

  /// The same with these files.
  public ImportOptions withFiles(List<ManifestFile> read) {
    return new ImportOptions(refresh, force, restores, override, delete, read);
  }

  /// A property or a whole group of a service or instance.
  ///
  /// @param entity service or instance
  /// @param group the group's name
  /// @param property the property's name, or empty for the whole group
  public record PropertyPath(Fmri entity, String group, String property) {

    /// `svc:/site/web:default config/port`.
    @Override
    public String toString() {
      return entity + " " + group + (property.isEmpty() ? "" : "/" + property);
    }
  }
}
