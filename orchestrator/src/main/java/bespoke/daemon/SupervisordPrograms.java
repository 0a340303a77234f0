package bespoke.daemon;

import bespoke.manifest.Fidelity;
import bespoke.manifest.FormatReader;
import bespoke.manifest.ImportNote;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.Manifests;
import bespoke.manifest.Problem;
import bespoke.manifest.SourceFile;
import bespoke.model.MethodContext;
import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.Ini;
import bespoke.supervisor.convert.ConversionNote;
import bespoke.supervisor.convert.Places;
import bespoke.supervisor.convert.ProgramConversion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The programs of a supervisord configuration as services of the master restarter.
final class SupervisordPrograms implements FormatReader {

  private static final int VARIABLES_MAX = 1000;
  private static final Pattern SERVER_SECTION =
      Pattern.compile("(?ms)^\\[supervisord\\].*?(?=^\\[|\\z)");
  private static final Pattern VARIABLE = Pattern.compile("%\\(ENV_([A-Za-z_][A-Za-z0-9_]*)\\)s");

  /// What a variable usually is where supervisord runs, if a program would not run without it.
  private static final Map<String, String> USUAL = Map.of("PATH", MethodContext.USUAL_PATH);

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
    int nul = text.text().indexOf('\0');
    if (nul >= 0) {
      String before = text.text().substring(0, nul);
      Ini.Place at =
          new Ini.Place(
              (int) before.chars().filter(c -> c == '\n').count() + 1,
              nul - before.lastIndexOf('\n'));
      Problem problem =
          new Problem(
              text.file(at), text.line(at), at.column(), "cannot read the character U+0000", "");
      return new ManifestFile(file.name(), "", List.of(), List.of(problem));
    }
    Places places = Places.of(text.text());
    Map<String, Ini.Place> variables = variables(text.text());
    Map<String, Ini.Place> unknown = unknown(variables, text.text());
    try {
      ProgramConversion.Result converted =
          ProgramConversion.convert(
              text.text(),
              Path.of(file.name()),
              variables.keySet().stream()
                  .collect(Collectors.toMap(name -> name, name -> USUAL.getOrDefault(name, ""))));
      ManifestFile read =
          Manifests.read(file.name(), converted.yaml().getBytes(StandardCharsets.UTF_8));
      List<ImportNote> notes = new ArrayList<>();
      converted.notes().forEach(note -> notes.add(note(text, places, note)));
      unknown.forEach((name, place) -> notes.add(note(text, name, place)));
      List<Problem> problems =
          read.problems().stream()
              .map(it -> new Problem(file.name(), 1, 1, it.message(), it.hint()))
              .toList();
      return new ManifestFile(
          file.name(), "", problems.isEmpty() ? read.services() : List.of(), problems, notes);
    } catch (ConfigurationException e) {
      List<Problem> problems =
          e.problems().stream().map(message -> problem(text, places, message)).toList();
      return new ManifestFile(file.name(), "", List.of(), problems);
    }
  }

  /// The variables of supervisord's own environment that are used, by name.
  private static Map<String, Ini.Place> variables(String text) {
    Map<String, Ini.Place> used = new LinkedHashMap<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length && used.size() < VARIABLES_MAX; i++) {
      Matcher variable =
          lines[i].startsWith(";") ? VARIABLE.matcher("") : VARIABLE.matcher(lines[i]);
      while (variable.find()) {
        used.putIfAbsent(variable.group(1), new Ini.Place(i + 1, variable.start() + 1));
      }
    }
    return used;
  }

  /// Those that nothing in the file gives a value: what the server's own section uses, and what it
  /// does not assign.
  private static Map<String, Ini.Place> unknown(Map<String, Ini.Place> used, String text) {
    Map<String, Ini.Place> unknown = new LinkedHashMap<>(used);
    Matcher shared = SERVER_SECTION.matcher(text);
    String server = shared.find() ? shared.group() : "";
    unknown
        .keySet()
        .removeIf(name -> assigns(server, name) && !server.contains("%(ENV_" + name + ")s"));
    return unknown;
  }

  private static ImportNote note(IncludedText text, String name, Ini.Place place) {
    String usual = USUAL.get(name);
    return new ImportNote(
        usual == null ? Fidelity.DROPPED : Fidelity.APPROXIMATED,
        text.file(place),
        text.line(place),
        place.column(),
        "%(ENV_" + name + ")s",
        "the environment of supervisord is not known here; "
            + (usual == null ? "nothing stands in its place" : "taken as " + usual));
  }

  /// What the server's `environment` gives a value is known in all programs; what a program's own
  /// gives one is not, so that `PATH="/venv/bin:%(ENV_PATH)s"` needs the server's.
  private static boolean assigns(String section, String name) {
    return Pattern.compile("(?<![A-Za-z0-9_])" + name + "\\s*=").matcher(section).find();
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
    return new ImportNote(
        Fidelity.valueOf(note.kind().name()),
        text.file(place),
        text.line(place),
        place.column(),
        note.construct(),
        note.text());
  }
}
