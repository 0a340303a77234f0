package bespoke.daemon;

import bespoke.api.ProblemRecord;
import bespoke.api.SourceText;
import bespoke.manifest.ManifestBundle;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.SourceFile;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceFmri;
import bespoke.repository.ImportOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The manifests of one change, of any format, all read, with everything that is wrong in any.
///
/// @param services of all files, in their order
/// @param options how they are imported
/// @param problems with any of them nothing must be done
record ChangeFiles(
    List<ServiceDescription> services, ImportOptions options, List<ProblemRecord> problems) {
  ChangeFiles {
    services = List.copyOf(services);
    problems = List.copyOf(problems);
  }

  static ChangeFiles read(List<SourceText> files) {
    List<SourceFile> sources =
        files.stream()
            .map(file -> new SourceFile(file.name(), file.bytes(), file.link(), file.companion()))
            .toList();
    List<ProblemRecord> problems = new ArrayList<>();
    if (sources.isEmpty()) {
      problems.add(
          new ProblemRecord(
              "",
              0,
              0,
              "error",
              "cannot change anything: there is no manifest; name files or directories with"
                  + " manifests"));
    }
    List<ManifestFile> read = ManifestFormats.ALL.read(sources, "");
    read.forEach(file -> file.problems().forEach(it -> problems.add(ServiceImport.problem(it))));
    ManifestBundle bundle = new ManifestBundle(read, List.of());
    Map<ServiceFmri, String> places = new HashMap<>();
    for (ServiceDescription service : bundle.services()) {
      String other = places.putIfAbsent(service.fmri(), service.origin().toString());
      if (other != null) {
        problems.add(
            ServiceImport.problem(
                service.origin(),
                "error",
                "cannot describe " + service.fmri() + " twice: " + other + " does, too; keep one"));
      }
    }
    return new ChangeFiles(bundle.services(), ImportMarks.options(bundle.marks()), problems);
  }
}
