package bespoke.manifest.systemd;

import bespoke.manifest.Fidelity;
import bespoke.manifest.GroupDraft;
import bespoke.manifest.ImportNote;
import bespoke.manifest.Problem;
import bespoke.manifest.Problems;
import bespoke.model.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Gathers notes and problems of all files of one reading.
///
/// A place is noted once. When the instances of a template disagree, the poorer fidelity is kept.
final class Report implements GroupDraft.Complaints {

  /// How long the text of one note may be, in characters.
  private static final int TEXT_LENGTH_MAX = 400;

  private final Map<Place, ImportNote> notes = new LinkedHashMap<>();
  private final Map<String, Problems> problems = new LinkedHashMap<>();

  private record Place(String file, int line, String construct) {}

  /// It behaves as it did.
  void exact(Assignment assignment, String text) {
    note(Fidelity.EXACT, assignment, text);
  }

  /// It behaves similarly.
  void approximated(Assignment assignment, String how) {
    note(Fidelity.APPROXIMATED, assignment, how);
  }

  /// It is left out.
  void dropped(Assignment assignment, String why) {
    note(Fidelity.DROPPED, assignment, why);
  }

  void note(Fidelity fidelity, Assignment assignment, String text) {
    note(fidelity, assignment.at(), assignment.construct(), text);
  }

  /// Notes anything that has a place.
  void note(Fidelity fidelity, Origin.File at, String construct, String text) {
    String shown =
        text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX) + "…";
    notes.merge(
        new Place(at.file(), at.line(), construct),
        new ImportNote(fidelity, at.file(), at.line(), at.column(), construct, shown),
        Report::poorer);
  }

  private static ImportNote poorer(ImportNote first, ImportNote second) {
    return second.fidelity().compareTo(first.fidelity()) > 0 ? second : first;
  }

  /// Whether somebody has said what became of it.
  boolean isNoted(Assignment assignment) {
    Origin.File at = assignment.at();
    return notes.containsKey(new Place(at.file(), at.line(), assignment.construct()));
  }

  /// A mistake that keeps the file from being imported.
  ///
  /// @param message begins with "cannot"
  @Override
  public void problem(Origin.File at, String message, String hint) {
    Problems ofFile = problems.computeIfAbsent(at.file(), Problems::new);
    ofFile.add(at.line(), at.column(), message, hint);
  }

  /// The notes of all files by file.
  Map<String, List<ImportNote>> notesByFile() {
    Map<String, List<ImportNote>> byFile = new LinkedHashMap<>();
    for (ImportNote note : notes.values()) {
      byFile.computeIfAbsent(note.file(), _ -> new ArrayList<>()).add(note);
    }
    byFile.values().forEach(list -> list.sort((a, b) -> Integer.compare(a.line(), b.line())));
    return byFile;
  }

  /// The problems of a file, in its order.
  List<Problem> problems(String file) {
    return problems.containsKey(file)
        ? Objects.requireNonNull(problems.get(file)).sorted()
        : List.of();
  }
}
