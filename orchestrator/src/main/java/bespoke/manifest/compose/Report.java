package bespoke.manifest.compose;

import bespoke.manifest.Fidelity;
import bespoke.manifest.ImportNote;
import bespoke.manifest.Problems;
import bespoke.model.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What became of each key of one file. A place is noted once, with the poorest fidelity.
final class Report implements bespoke.manifest.GroupDraft.Complaints {
  private final Problems problems;
  private final Map<String, ImportNote> notes = new LinkedHashMap<>();

  Report(Problems problems) {
    this.problems = problems;
  }

  void note(Fidelity fidelity, Origin.File at, String construct, String text) {
    notes.merge(
        at.file() + ":" + at.line() + ":" + at.column() + construct,
        new ImportNote(fidelity, at.file(), at.line(), at.column(), construct, text),
        (first, second) -> second.fidelity().compareTo(first.fidelity()) > 0 ? second : first);
  }

  @Override
  public void problem(Origin.File at, String message, String hint) {
    problems.add(at, message, hint);
  }

  List<ImportNote> notes() {
    List<ImportNote> sorted = new ArrayList<>(notes.values());
    sorted.sort(Comparator.comparingInt(ImportNote::line).thenComparingInt(ImportNote::column));
    return sorted;
  }
}
