package bespoke.daemon;

import bespoke.api.ImportedRecord;
import bespoke.api.ProblemRecord;
import bespoke.control.Configuration;
import bespoke.engine.Event;
import bespoke.manifest.Fidelity;
import bespoke.manifest.ImportNote;
import bespoke.manifest.ManifestBundle;
import bespoke.repository.ManifestFile;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Imports what changed in the manifest directories; what is broken is told and left out, and never
/// stops the others.
final class ManifestImport {
  private final Repository repository;
  private final ServiceImport imports;
  private final ManifestDirectories directories;

  ManifestImport(Repository repository, ServiceImport imports, ManifestDirectories directories) {
    this.repository = repository;
    this.imports = imports;
    this.directories = directories;
  }

  /// The same for another repository.
  ManifestImport on(Repository other, ServiceImport others) {
    return new ManifestImport(other, others, directories);
  }

  /// Imports the changes.
  ///
  /// @param commit whether to do it, or only to tell what would happen
  ServiceImport.Result importChanges(boolean commit) throws RepositoryException {
    ManifestDirectories.Changes changes = directories.look(repository);
    List<ProblemRecord> problems = new ArrayList<>();
    changes.bundle().problems().forEach(it -> problems.add(ServiceImport.problem(it)));
    changes
        .bundle()
        .files()
        .forEach(file ->
            file.notes().stream()
                .filter(note -> note.fidelity() == Fidelity.DROPPED)
                .forEach(note -> problems.add(loss(note))));
    for (var path : changes.vanished()) {
      problems.add(
          new ProblemRecord(
              path.toString(),
              0,
              0,
              "warning",
              "is gone; its services stay until svccfg delete removes them"));
    }
    if (commit && !changes.vanished().isEmpty()) {
      repository.forgetManifestFiles(changes.vanished());
    }
    if (changes.bundle().services().isEmpty() && changes.files().isEmpty()) {
      return new ServiceImport.Result(new Configuration.Report(List.of(), problems), List.of());
    }
    ServiceImport.Result together =
        imports.importServices(
            changes.bundle().services(),
            ImportMarks.options(changes.bundle().marks()).withFiles(changes.files()),
            commit);
    if (!together.report().hasErrors()) {
      problems.addAll(together.report().problems());
      return new ServiceImport.Result(
          new Configuration.Report(together.report().imported(), problems), together.imports());
    }
    return oneByOne(changes, commit, problems);
  }

  /// Nobody sees a report at boot, so what is left out is a line of the log.
  private static ProblemRecord loss(ImportNote note) {
    return new ProblemRecord(
        note.file(),
        note.line(),
        note.column(),
        "warning",
        "left out " + note.construct() + ": " + note.text());
  }

  /// Together they cannot be imported, for example because two of them close a cycle; what can be
  /// by itself is.
  private ServiceImport.Result oneByOne(
      ManifestDirectories.Changes changes, boolean commit, List<ProblemRecord> problems)
      throws RepositoryException {
    Map<Object, Event.InstanceImport> all = new LinkedHashMap<>();
    List<ImportedRecord> imported = new ArrayList<>();
    var clean = changes.bundle().files().stream().filter(file -> file.isClean()).toList();
    for (var set : ReadTogether.sets(clean)) {
      ManifestBundle bundle = new ManifestBundle(set, List.of());
      List<ManifestFile> remembered =
          changes.files().stream()
              .filter(
                  known -> set.stream().anyMatch(file -> known.path().equals(Path.of(file.name()))))
              .toList();
      ServiceImport.Result result =
          imports.importServices(
              bundle.services(), ImportMarks.options(bundle.marks()).withFiles(remembered), commit);
      problems.addAll(result.report().problems());
      imported.addAll(result.report().imported());
      result.imports().forEach(one -> all.put(one.definition().fmri(), one));
    }
    return new ServiceImport.Result(
        new Configuration.Report(imported, problems), List.copyOf(all.values()));
  }
}
