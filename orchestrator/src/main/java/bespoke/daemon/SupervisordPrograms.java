package bespoke.daemon;

import bespoke.manifest.Fidelity;
import bespoke.manifest.FormatReader;
import bespoke.manifest.ImportNote;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.Manifests;
import bespoke.manifest.Problem;
import bespoke.manifest.SourceFile;
import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.convert.ConversionNote;
import bespoke.supervisor.convert.ProgramConversion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The programs of a supervisord configuration as services of the master restarter.
final class SupervisordPrograms implements FormatReader {

  @Override
  public String format() {
    return "supervisord";
  }

  @Override
  public boolean recognizes(SourceFile file) {
    boolean other = file.name().endsWith(".yaml") || file.name().endsWith(".xml");
    return !other && ProgramConversion.isConfiguration(text(file));
  }

  private static String text(SourceFile file) {
    return new String(file.bytes(), StandardCharsets.UTF_8);
  }

  @Override
  public List<ManifestFile> read(List<SourceFile> files) {
    return files.stream().map(SupervisordPrograms::read).toList();
  }

  private static ManifestFile read(SourceFile file) {
    if (file.companion()) {
      return new ManifestFile(file.name(), "", List.of(), List.of());
    }
    try {
      ProgramConversion.Result converted =
          ProgramConversion.convert(text(file), Path.of(file.name()), Map.of());
      ManifestFile read =
          Manifests.read(file.name(), converted.yaml().getBytes(StandardCharsets.UTF_8));
      List<ImportNote> notes =
          converted.notes().stream().map(note -> note(file.name(), note)).toList();
      return new ManifestFile(file.name(), "", read.services(), read.problems(), notes);
    } catch (ConfigurationException e) {
      List<Problem> problems =
          e.problems().stream()
              .map(text -> new Problem(file.name(), 1, 1, "cannot convert: " + text, ""))
              .toList();
      return new ManifestFile(file.name(), "", List.of(), problems);
    }
  }

  private static ImportNote note(String file, ConversionNote note) {
    String program = note.program().isEmpty() ? "" : "[program:" + note.program() + "] ";
    return new ImportNote(
        Fidelity.valueOf(note.kind().name()), file, 1, 1, program + note.subject(), note.text());
  }
}
