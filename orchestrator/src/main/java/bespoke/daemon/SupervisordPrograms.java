package bespoke.daemon;

import bespoke.manifest.Fidelity;
import bespoke.manifest.FormatReader;
import bespoke.manifest.ImportNote;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.Manifests;
import bespoke.manifest.Problem;
import bespoke.manifest.SourceFile;
import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.Ini;
import bespoke.supervisor.convert.ConversionNote;
import bespoke.supervisor.convert.Places;
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
    Places places = Places.of(text(file));
    try {
      ProgramConversion.Result converted =
          ProgramConversion.convert(text(file), Path.of(file.name()), Map.of());
      ManifestFile read =
          Manifests.read(file.name(), converted.yaml().getBytes(StandardCharsets.UTF_8));
      List<ImportNote> notes =
          converted.notes().stream().map(note -> note(file.name(), places, note)).toList();
      return new ManifestFile(file.name(), "", read.services(), read.problems(), notes);
    } catch (ConfigurationException e) {
      List<Problem> problems =
          e.problems().stream().map(text -> problem(file.name(), places, text)).toList();
      return new ManifestFile(file.name(), "", List.of(), problems);
    }
  }

  private static Problem problem(String file, Places places, String text) {
    Ini.Place place = places.ofProblem(text);
    return new Problem(
        file, place.line(), place.column(), "cannot convert: " + Places.withoutPlace(text), "");
  }

  private static ImportNote note(String file, Places places, ConversionNote note) {
    Ini.Place place = places.of(note);
    String program = note.program().isEmpty() ? "" : "[program:" + note.program() + "] ";
    return new ImportNote(
        Fidelity.valueOf(note.kind().name()),
        file,
        place.line(),
        place.column(),
        program + note.subject(),
        note.text());
  }
}
