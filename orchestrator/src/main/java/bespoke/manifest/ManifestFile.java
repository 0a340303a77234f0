package bespoke.manifest;

import bespoke.model.ServiceDescription;
import java.util.ArrayList;
import java.util.List;

/// One manifest as it was loaded.
///
/// @param name as the person named it, or below the directory that was named
/// @param sha256 of its bytes in lower case hexadecimal, to notice changes; empty when it could not
///   be read
/// @param services without a mistake; import them only when there are no problems
/// @param problems in the order of the file
/// @param notes what became of each construct of a foreign format; none for YAML
/// @param marks what the file forces or takes away
/// @param format the reader's word for it
public record ManifestFile(
    String name,
    String sha256,
    List<ServiceDescription> services,
    List<Problem> problems,
    List<ImportNote> notes,
    List<ImportMark> marks,
    String format) {

  public ManifestFile {
    services = List.copyOf(services);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
    marks = List.copyOf(marks);
  }

  /// A file without marks; [Formats] fills in the format.
  public ManifestFile(
      String name,
      String sha256,
      List<ServiceDescription> services,
      List<Problem> problems,
      List<ImportNote> notes) {
    this(name, sha256, services, problems, notes, List.of(), "");
  }

  /// A file in bespoke's own format, of which nothing is lost.
  public ManifestFile(
      String name, String sha256, List<ServiceDescription> services, List<Problem> problems) {
    this(name, sha256, services, problems, List.of());
  }

  /// Whether the file may be imported.
  public boolean isClean() {
    return problems.isEmpty();
  }

  /// Whether a part of what it says would be left out.
  public boolean isLossy() {
    return notes.stream().anyMatch(note -> note.fidelity() == Fidelity.DROPPED);
  }

  /// The same with other problems.
  ManifestFile withProblems(List<Problem> found) {
    return new ManifestFile(name, sha256, services, found, notes, marks, format);
  }

  /// What is left of it, and why the rest is not.
  ManifestFile withLosses(List<ServiceDescription> left, List<ImportNote> losses) {
    List<ImportNote> all = new ArrayList<>(notes);
    all.addAll(losses);
    return new ManifestFile(name, sha256, left, problems, all, marks, format);
  }

  /// The same, known to be of a format, with the hash of its content.
  ManifestFile of(String formatName, String hash) {
    return new ManifestFile(name, hash, services, problems, notes, marks, formatName);
  }
}
