package bespoke.manifest;

import java.util.List;

/// Reads the descriptions of one format.
///
/// Files that belong together, such as a unit and its drop-ins or a manifest and what it includes,
/// come in one call. Nothing outside of the offered files is opened.
public interface FormatReader {

  /// The format's name for `--format` and reports: `smf`, `systemd`, `compose`, `supervisord`.
  String format();

  /// Whether a file is of this format, by its name and its first bytes; cheap and never wrong about
  /// another format's files.
  boolean recognizes(SourceFile file);

  /// Names of files that a description may need and no search finds, such as files of variables;
  /// those in its directory or below come along if they are there.
  default List<String> companions(SourceFile file) {
    return List.of();
  }

  /// Reads files that were offered together.
  ///
  /// @param files all of this format, in the order of their names, then the companions of any
  ///   format ([SourceFile#companion])
  /// @return one for each file, in the same order, with its problems and the notes of the report; a
  ///   file that only adds to another has no services; [ManifestFile#sha256] may be left empty
  List<ManifestFile> read(List<SourceFile> files);

  /// Reads profiles: descriptions that only set what exists already (smf.md 9.3).
  ///
  /// @return as [#read]; a format that has no profiles answers with problems
  default List<ManifestFile> readProfiles(List<SourceFile> files) {
    return files.stream()
        .map(file ->
            new ManifestFile(
                file.name(),
                "",
                List.of(),
                List.of(
                    new Problem(
                        file.name(),
                        1,
                        1,
                        "cannot apply a description of the format " + format(),
                        "svccfg import reads it; profiles are YAML or SMF's XML"))))
        .toList();
  }
}
