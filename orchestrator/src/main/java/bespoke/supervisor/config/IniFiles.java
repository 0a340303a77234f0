package bespoke.supervisor.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Reads a main file and the files it includes.
public final class IniFiles {
  /// Owned by our effective user; a client of the server has no use for native code otherwise.
  private static final Path OWN_PROCESS = Path.of("/proc/self");

  /// Group and others (inode(7)).
  private static final int OTHERS_WRITE = 022;

  private final Path main;
  private final Expansion expansion;
  private final List<String> warnings;

  /// @param expansion names known in `files=`, without `here`
  /// @param warnings receives remarks
  public IniFiles(Path main, Expansion expansion, List<String> warnings) {
    this.main = main;
    this.expansion = expansion;
    this.warnings = warnings;
  }

  /// The sections of all files; later ones win.
  ///
  /// @throws ConfigurationException if one cannot be read
  public Ini read() throws ConfigurationException {
    if (!Files.exists(main)) {
      throw new ConfigurationException("could not find config file " + main);
    }
    Ini ini = file(main);
    if (!ini.hasSection("include")) {
      return ini;
    }
    String here = String.valueOf(main.toAbsolutePath().getParent());
    var include = new SectionReader(ini, "include", expansion.with("here", here));
    String files = include.text("files");
    if (files == null) {
      throw new ConfigurationException(".ini file has [include] section, but no files setting");
    }
    for (String pattern : Conversion.words(files, "\\s+")) {
      List<Path> matches = matches(Path.of(here).resolve(pattern).normalize());
      if (matches.isEmpty()) {
        warnings.add("No file matches via include \"" + Path.of(here).resolve(pattern) + "\"");
      }
      for (Path match : matches) {
        warnings.add("Included extra file \"" + match + "\" during parsing");
        warnOfWriters(match);
        ini.merge(file(match));
      }
    }
    return ini;
  }

  private static boolean isRoots(Path file) throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"));
  }

  /// Whoever can write an included file of root's server can run programs as root.
  private void warnOfWriters(Path file) {
    try {
      boolean isOthers =
          isRoots(OWN_PROCESS)
              && (!isRoots(file)
                  || ((int) Files.getAttribute(file, "unix:mode") & OTHERS_WRITE) != 0);
      if (isOthers) {
        warnings.add(
            "Included file \""
                + file
                + "\" can be written by others than root, who can so run programs as root;"
                + " chown root and chmod go-w");
      }
    } catch (IOException _) {
      // it could be read, so whoever took it away meanwhile is of no interest
    }
  }

  /// Reads one file, with `%(here)s` replaced by its own directory.
  private static Ini file(Path file) throws ConfigurationException {
    try {
      return IniParser.parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (IOException e) {
      throw new ConfigurationException(
          "could not read config file " + file + ": " + e.getMessage());
    }
  }

  /// The existing files that match a pattern with `* ? [ ]` in any of its parts, sorted by name.
  private static List<Path> matches(Path pattern) {
    List<Path> found = List.of(Path.of("/"));
    for (Path part : pattern) {
      var next = new ArrayList<Path>();
      for (Path directory : found) {
        addMatches(directory, part.toString(), next);
      }
      found = next;
    }
    var sorted = new ArrayList<>(found);
    Collections.sort(sorted);
    return sorted;
  }

  private static void addMatches(Path directory, String part, List<Path> out) {
    if (part.chars().noneMatch(c -> "*?[".indexOf(c) >= 0)) {
      if (Files.exists(directory.resolve(part))) {
        out.add(directory.resolve(part));
      }
      return;
    }
    String glob = part.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
      for (Path entry : entries) {
        if (part.startsWith(".") || !entry.getFileName().toString().startsWith(".")) {
          out.add(entry);
        }
      }
    } catch (IOException | java.util.regex.PatternSyntaxException _) {
      // an unreadable directory or a broken pattern matches nothing, as in glob(3)
    }
  }
}
