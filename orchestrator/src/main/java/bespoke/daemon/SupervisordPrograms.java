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
import java.util.ArrayList;
import java.util.HashMap;
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
  public List<String> companions(SourceFile file) {
    return IncludedText.patterns(text(file));
  }

  @Override
  public List<ManifestFile> read(List<SourceFile> files) {
    List<Path> used = new ArrayList<>();
    Map<SourceFile, ManifestFile> read = new HashMap<>();
    for (SourceFile file : files) {
      if (!file.companion()) {
        IncludedText text = IncludedText.of(file, files, used);
        read.put(file, read(file, text));
      }
    }
    return files.stream()
        .map(file ->
            used.contains(Path.of(file.name()).normalize()) || !read.containsKey(file)
                ? new ManifestFile(file.name(), "", List.of(), List.of())
                : read.get(file))
        .toList();
  }

  private static ManifestFile read(SourceFile file, IncludedText text) {
    Places places = Places.of(text.text());
    try {
      ProgramConversion.Result converted =
          ProgramConversion.convert(text.text(), Path.of(file.name()), Map.of());
      ManifestFile read =
          Manifests.read(file.name(), converted.yaml().getBytes(StandardCharsets.UTF_8));
      List<ImportNote> notes =
          converted.notes().stream().map(note -> note(text, places, note)).toList();
      return new ManifestFile(file.name(), "", read.services(), read.problems(), notes);
    } catch (ConfigurationException e) {
      List<Problem> problems =
          e.problems().stream().map(message -> problem(text, places, message)).toList();
      return new ManifestFile(file.name(), "", List.of(), problems);
    }
  }

  private static Problem problem(IncludedText text, Places places, String message) {
    Ini.Place place = places.ofProblem(message);
    return new Problem(
        text.file(place),
        text.line(place),
        place.column(),
        "cannot convert: " + Places.withoutPlace(message),
        "");
  }

  private static ImportNote note(IncludedText text, Places places, ConversionNote note) {
    Ini.Place place = places.of(note);
    String program = note.program().isEmpty() ? "" : "[program:" + note.program() + "] ";
    return new ImportNote(
        Fidelity.valueOf(note.kind().name()),
        text.file(place),
        text.line(place),
        place.column(),
        program + note.subject(),
        note.text());
  }
}
