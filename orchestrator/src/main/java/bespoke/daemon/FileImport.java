package bespoke.daemon;

import bespoke.api.ConfigurationRequest;
import bespoke.api.ConstructRecord;
import bespoke.api.DescriptionRecord;
import bespoke.api.ErrorKind;
import bespoke.api.ImportedRecord;
import bespoke.api.ProblemRecord;
import bespoke.api.SourceText;
import bespoke.control.Configuration;
import bespoke.control.Configuration.RefusedException;
import bespoke.engine.Event;
import bespoke.manifest.Fidelity;
import bespoke.manifest.Formats;
import bespoke.manifest.ImportNote;
import bespoke.manifest.ManifestBundle;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.SourceFile;
import bespoke.model.ServiceDescription;
import bespoke.repository.ImportOptions;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// Imports the files that a person hands over, of any format, with one report for all of them.
///
/// They are read together, since units, drop-ins and bundles of one service add to each other, and
/// imported together; when that is refused, each by itself, so that a broken one does not stop the
/// others.
final class FileImport {
  private final Repository repository;
  private final ServiceImport imports;
  private final Formats formats;

  FileImport(Repository repository, ServiceImport imports, Formats formats) {
    this.repository = repository;
    this.imports = imports;
    this.formats = formats;
  }

  /// Imports, or tells what would happen.
  ServiceImport.Result run(ConfigurationRequest.Import request)
      throws RefusedException, RepositoryException {
    boolean commit = !request.validateOnly();
    List<ManifestFile> files = formats.read(sources(request.files()), format(request.format()));
    List<ProblemRecord> problems = new ArrayList<>(problems(files));
    if (request.strict()) {
      files.stream().flatMap(file -> file.notes().stream()).forEach(note -> refuse(note, problems));
      if (!problems.isEmpty()) {
        return new ServiceImport.Result(
            new Configuration.Report(List.of(), problems, descriptions(files), constructs(files)),
            List.of());
      }
    }
    Collected all = new Collected(problems);
    ManifestBundle together = new ManifestBundle(files, List.of());
    ServiceImport.Result result = importBundle(together, request, commit);
    List<ManifestFile> clean = files.stream().filter(ManifestFile::isClean).toList();
    if (result.report().hasErrors() && clean.size() > 1) {
      for (ManifestFile file : clean) {
        ManifestBundle alone = new ManifestBundle(List.of(file), List.of());
        all.add(importBundle(alone, request, commit));
      }
    } else {
      all.add(result);
    }
    return all.result(files);
  }

  private static void refuse(ImportNote note, List<ProblemRecord> problems) {
    if (note.fidelity() == Fidelity.DROPPED) {
      problems.add(
          new ProblemRecord(
              note.file(),
              note.line(),
              note.column(),
              "error",
              "cannot keep "
                  + note.construct()
                  + ": "
                  + note.text()
                  + "; import without --strict"));
    }
  }

  private ServiceImport.Result importBundle(
      ManifestBundle bundle, ConfigurationRequest.Import request, boolean commit)
      throws RepositoryException {
    List<ProblemRecord> profiles = BundleKind.notToImport(bundle.services(), repository);
    if (!profiles.isEmpty()) {
      return new ServiceImport.Result(new Configuration.Report(List.of(), profiles), List.of());
    }
    ImportOptions marked = ImportMarks.options(bundle.marks());
    return imports.importServices(
        bundle.services(),
        new ImportOptions(
            request.refresh(), false, false, marked.override(), marked.delete(), List.of()),
        commit,
        request.validated() || request.validateOnly());
  }

  /// Applies profiles, or tells what would happen; one that is wrong stops all.
  ServiceImport.Result apply(ConfigurationRequest.Apply request)
      throws RefusedException, RepositoryException {
    List<ManifestFile> files = formats.readProfiles(sources(request.files()), "");
    List<ProblemRecord> problems = new ArrayList<>(problems(files));
    for (ManifestFile file : files) {
      problems.addAll(BundleKind.notToApply(file.services(), repository));
    }
    if (!problems.isEmpty()) {
      return new ServiceImport.Result(
          new Configuration.Report(List.of(), problems, descriptions(files), constructs(files)),
          List.of());
    }
    boolean commit = !request.validateOnly();
    ManifestBundle bundle = new ManifestBundle(files, List.of());
    Collected all = new Collected(new ArrayList<>());
    all.add(imports.applyProfile(bundle.services(), ImportOptions.DEFAULT, commit));
    return all.result(files);
  }

  /// The services that a file describes; one with problems is refused, naming them all.
  List<ServiceDescription> services(SourceText file) throws RefusedException {
    List<ManifestFile> files = formats.read(sources(List.of(file)), "");
    List<ProblemRecord> problems = problems(files);
    if (!problems.isEmpty()) {
      throw new RefusedException(
          ErrorKind.INVALID,
          problems.stream().map(ProblemRecord::toString).collect(Collectors.joining("\n")));
    }
    return files.stream().flatMap(read -> read.services().stream()).toList();
  }

  /// Lets services be what an archive says, whoever changed them since; or tells what would happen.
  ServiceImport.Result restore(SourceText archive, boolean commit)
      throws RefusedException, RepositoryException {
    return imports.importServices(services(archive), ImportOptions.RESTORE, commit);
  }

  private String format(String name) throws RefusedException {
    if (!formats.isFormat(name)) {
      throw new RefusedException(
          ErrorKind.BAD_REQUEST,
          "cannot read the format \""
              + name
              + "\"; use one of "
              + String.join(", ", formats.names()));
    }
    return name;
  }

  private static List<SourceFile> sources(List<SourceText> files) {
    return files.stream()
        .map(file -> new SourceFile(file.name(), file.bytes(), file.link(), file.companion()))
        .toList();
  }

  private static List<ProblemRecord> problems(List<ManifestFile> files) {
    return files.stream()
        .flatMap(file -> file.problems().stream())
        .map(ServiceImport::problem)
        .toList();
  }

  private static List<DescriptionRecord> descriptions(List<ManifestFile> files) {
    return files.stream()
        .map(file ->
            new DescriptionRecord(
                file.name(),
                file.format(),
                file.services().size(),
                count(file, Fidelity.EXACT),
                count(file, Fidelity.APPROXIMATED),
                count(file, Fidelity.DROPPED),
                file.problems().size()))
        .toList();
  }

  private static int count(ManifestFile file, Fidelity fidelity) {
    return (int) file.notes().stream().filter(note -> note.fidelity() == fidelity).count();
  }

  private static List<ConstructRecord> constructs(List<ManifestFile> files) {
    return files.stream()
        .flatMap(file -> file.notes().stream())
        .map(note ->
            new ConstructRecord(
                note.file(),
                note.line(),
                note.column(),
                note.fidelity().word(),
                note.construct(),
                note.text()))
        .toList();
  }

  /// Several results as one.
  private static final class Collected {
    private final List<ProblemRecord> problems;
    private final List<ImportedRecord> imported = new ArrayList<>();
    private final List<Event.InstanceImport> told = new ArrayList<>();

    Collected(List<ProblemRecord> problems) {
      this.problems = problems;
    }

    void add(ServiceImport.Result result) {
      problems.addAll(result.report().problems());
      imported.addAll(result.report().imported());
      told.addAll(result.imports());
    }

    ServiceImport.Result result(List<ManifestFile> files) {
      return new ServiceImport.Result(
          new Configuration.Report(imported, problems, descriptions(files), constructs(files)),
          lastOfEach(told));
    }

    /// Files that were imported one after the other may change the same instance.
    private static List<Event.InstanceImport> lastOfEach(List<Event.InstanceImport> imports) {
      var byFmri = new LinkedHashMap<Object, Event.InstanceImport>();
      imports.forEach(one -> byFmri.put(one.definition().fmri(), one));
      return List.copyOf(byFmri.values());
    }
  }
}
