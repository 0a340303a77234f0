package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import bespoke.model.FileFmri;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.List;

/// A `.path` (systemd.path(5)): an instance that has the start method of its service, and waits for
/// files by a dependency.
final class PathMapping {

  private static final String PATH = "Path";

  private final Unit unit;
  private final Report report;
  private final GroupDraft draft;

  PathMapping(Unit unit, Report report, GroupDraft draft) {
    this.unit = unit;
    this.report = report;
    this.draft = draft;
  }

  /// Expects the start method in the draft.
  ///
  /// @return whether it waits for anything
  boolean fill() {
    List<String> awaited = files("PathExists", "starts when it appears, once");
    List<String> watched = files("PathChanged", "runs when it changes");
    watched.addAll(files("PathModified", "runs when it changes"));
    for (String key : List.of("PathExistsGlob", "DirectoryNotEmpty")) {
      unit.all(PATH, key)
          .forEach(it -> report.dropped(it, "what a directory holds is not watched"));
    }
    if (!awaited.isEmpty()) {
      dependency("path_exists", "require_any", "none", awaited);
    } else if (!watched.isEmpty()) {
      dependency("path_changes", "optional_all", "refresh", watched);
      String run = draft.values("start", "exec").getFirst();
      draft.method("refresh", run, unit.at());
      draft.method("start", ":true", unit.at());
    }
    return !awaited.isEmpty() || !watched.isEmpty();
  }

  private List<String> files(String key, String how) {
    List<String> files = new ArrayList<>();
    for (Assignment assignment : unit.all(PATH, key)) {
      String path = unit.specifiers().expand(assignment.value()).orElse("");
      if (path.startsWith("/") && !List.of(path.split("/")).contains("..")) {
        files.add(FileFmri.parse(path).toString());
        report.approximated(assignment, how);
      } else {
        report.dropped(assignment, "not an absolute path");
      }
    }
    return files;
  }

  private void dependency(String group, String grouping, String restartOn, List<String> entities) {
    for (Property property :
        List.of(
            Property.of("grouping", PropertyType.ASTRING, grouping, unit.at()),
            Property.of("restart_on", PropertyType.ASTRING, restartOn, unit.at()),
            Property.of("type", PropertyType.ASTRING, "path", unit.at()),
            new Property("entities", PropertyType.FMRI, entities, unit.at()))) {
      draft.put(
          group,
          PropertyGroup.DEPENDENCY,
          property.name(),
          property.type(),
          property.values(),
          unit.at());
    }
  }
}
