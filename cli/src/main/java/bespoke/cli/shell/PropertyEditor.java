package bespoke.cli.shell;

import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.cli.render.PropertyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `editprop`: the properties as `setprop` lines in the person's editor.
final class PropertyEditor {

  private PropertyEditor() {}

  /// The lines that the person changed or added.
  static List<String> edit(List<PropertyGroupRecord> groups, Map<String, String> environment)
      throws ShellException {
    List<String> before = lines(groups);
    @Nullable Path file = null;
    try {
      file = Files.createTempFile("svccfg", ".txt");
      Files.write(file, before);
      run(file, environment);
      Set<String> known = new HashSet<>(before);
      List<String> changed = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#") && !known.contains(line)) {
          changed.add(line.strip());
        }
      }
      return changed;
    } catch (IOException e) {
      throw new ShellException("cannot edit: " + e.getMessage());
    } finally {
      delete(file);
    }
  }

  private static void run(Path file, Map<String, String> environment)
      throws IOException, ShellException {
    String editor = environment.getOrDefault("VISUAL", environment.getOrDefault("EDITOR", "vi"));
    try {
      // the editor's name may hold options, as sh(1) would read them
      int status =
          new ProcessBuilder("/bin/sh", "-c", editor + " \"$1\"", "sh", file.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new ShellException("the editor failed with status " + status + "; nothing changed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShellException("interrupted; nothing changed");
    }
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // a left-over temporary file harms nobody
    }
  }

  private static List<String> lines(List<PropertyGroupRecord> groups) {
    List<String> lines = new ArrayList<>();
    lines.add("# Change or add lines; lines that stay as they are do nothing.");
    for (PropertyGroupRecord group : groups) {
      lines.add("# " + group.name() + " (" + group.type() + ")");
      for (PropertyRecord property : group.properties()) {
        List<String> values = new ArrayList<>();
        property.values().forEach(value -> values.add(PropertyText.quoted(value)));
        String list = String.join(" ", values);
        lines.add(
            "setprop "
                + group.name()
                + "/"
                + property.name()
                + " = "
                + property.type()
                + ": "
                + (values.size() == 1 ? list : "( " + list + " )"));
      }
    }
    return lines;
  }
}
