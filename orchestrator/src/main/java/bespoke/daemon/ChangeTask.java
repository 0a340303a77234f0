package bespoke.daemon;

import bespoke.model.Fmri;
import bespoke.repository.EntityImage;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a change is to do, and how that is worked out.
///
/// @param source as a [bespoke.api.ChangeRecord] says it
record ChangeTask(String source, Planning planning) {

  /// How a change is worked out.
  @FunctionalInterface
  interface Planning {
    /// @param where the repository, or a rehearsal of it
    ServiceImport.Prepared prepare(Repository where, ServiceImport importing)
        throws RepositoryException;
  }

  /// Bring these manifests in.
  static ChangeTask importing(ChangeFiles read) {
    return new ChangeTask(
        "import", (_, importing) -> importing.prepareImport(read.services(), read.options()));
  }

  /// Make everything what it was before a change that is complete.
  static ChangeTask reverting(ChangeEntry entry) {
    return new ChangeTask(
        "revert of " + entry.number(),
        (where, importing) -> {
          requireUntouched(entry, where);
          return importing.prepare(
              () -> where.planRestoration(entry.content().before()), Map.of(), false);
        });
  }

  private static void requireUntouched(ChangeEntry entry, Repository where)
      throws RepositoryException {
    List<Fmri> touched = new ArrayList<>();
    entry.content().after().forEach(image -> touched.add(image.fmri()));
    List<EntityImage> now = where.images(touched);
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      if (!now.get(i).isSameConfiguration(entry.content().after().get(i))) {
        changed.add(now.get(i).fmri().toString());
      }
    }
    if (!changed.isEmpty()) {
      throw new RepositoryException(
          "cannot revert change "
              + entry.number()
              + ": the configuration of "
              + String.join(", ", changed)
              + " was changed since; import the manifests that you want instead",
          null);
    }
  }
}
