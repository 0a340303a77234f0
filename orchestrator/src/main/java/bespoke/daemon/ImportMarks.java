package bespoke.daemon;

import bespoke.manifest.ImportMark;
import bespoke.repository.ImportOptions;
import bespoke.repository.ImportOptions.PropertyPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Turns what descriptions force or take away into options of the import.
final class ImportMarks {

  private ImportMarks() {}

  static ImportOptions options(List<ImportMark> marks) {
    Set<PropertyPath> override = new HashSet<>();
    Set<PropertyPath> delete = new HashSet<>();
    for (ImportMark mark : marks) {
      PropertyPath path = new PropertyPath(mark.entity(), mark.group(), mark.property());
      switch (mark.kind()) {
        case OVERRIDE -> override.add(path);
        case DELETE -> delete.add(path);
      }
    }
    return new ImportOptions(true, false, false, override, delete, List.of());
  }
}
