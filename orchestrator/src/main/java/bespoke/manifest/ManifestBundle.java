package bespoke.manifest;

import bespoke.model.ServiceDescription;
import java.util.List;
import java.util.stream.Stream;

/// Several manifests that were loaded together, sorted by name.
///
/// @param files each with its services and problems
/// @param unread problems of operands that are no file, such as a missing directory
public record ManifestBundle(List<ManifestFile> files, List<Problem> unread) {

  public ManifestBundle {
    files = List.copyOf(files);
    unread = List.copyOf(unread);
  }

  /// All problems: of operands, then file by file.
  public List<Problem> problems() {
    return Stream.concat(unread.stream(), files.stream().flatMap(file -> file.problems().stream()))
        .toList();
  }

  /// The services of the files that may be imported, one description each; a broken file does not
  /// stop the others.
  public List<ServiceDescription> services() {
    return ServiceMerge.merge(clean().stream().flatMap(file -> file.services().stream()).toList());
  }

  /// What the files that may be imported force or take away.
  public List<ImportMark> marks() {
    return clean().stream().flatMap(file -> file.marks().stream()).toList();
  }

  private List<ManifestFile> clean() {
    return files.stream().filter(ManifestFile::isClean).toList();
  }

  /// Whether there is no problem at all.
  public boolean isClean() {
    return unread.isEmpty() && files.stream().allMatch(ManifestFile::isClean);
  }
}
