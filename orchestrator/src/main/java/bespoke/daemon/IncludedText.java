package bespoke.daemon;

import bespoke.manifest.SourceFile;
import bespoke.supervisor.config.Ini;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The text of a supervisord configuration with that of the files that it includes behind it, and
/// which line is of which file.
///
/// @param text of all
/// @param starts the file of each first line, by that line from 1
record IncludedText(String text, TreeMap<Integer, String> starts) {

  /// `[include]` and the value of its `files`, which goes on in indented lines.
  private static final Pattern INCLUDE =
      Pattern.compile(
          "(?msi)^\\[include\\]\\s*$(?:(?!^\\[).)*?^files\\s*[=:]\\s*([^\\n]*(?:\\n["
              + " \\t]+[^\\n]*)*)");

  /// The patterns that a configuration includes.
  static List<String> patterns(String text) {
    Matcher include = INCLUDE.matcher(text.replace("\r", ""));
    return include.find()
        ? List.of(include.group(1).replaceAll("(?m)[;#].*$", "").strip().split("\\s+", -1)).stream()
            .map(pattern -> pattern.replace("%(here)s/", ""))
            .filter(pattern -> !pattern.isEmpty())
            .toList()
        : List.of();
  }

  /// Without what the server alone needs, and what need not be on this machine.
  private static String withoutServer(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean isServer = false;
    String between = "";
    for (String line : text.split("\n", -1)) {
      isServer = line.startsWith("[") ? line.startsWith("[supervisord]") : isServer;
      boolean isOfServer =
          isServer && line.matches("(?i)(childlogdir|logfile|pidfile|directory|user)\\s*[=:].*");
      out.append(between).append(isOfServer ? ";" : "").append(line);
      between = "\n";
    }
    return out.toString();
  }

  /// @param offered files, of which those below the directory of `file` are found
  static IncludedText of(SourceFile file, List<SourceFile> offered, List<Path> used) {
    StringBuilder all = new StringBuilder(withoutServer(text(file)));
    TreeMap<Integer, String> starts = new TreeMap<>();
    starts.put(1, file.name());
    Path path = Path.of(file.name()).normalize();
    for (String pattern : patterns(all.toString())) {
      for (SourceFile other : matching(path, pattern, offered)) {
        if (!all.toString().endsWith("\n")) {
          all.append('\n');
        }
        starts.put((int) all.chars().filter(c -> c == '\n').count() + 1, other.name());
        String directory =
            String.valueOf(Path.of(other.name()).toAbsolutePath().normalize().getParent());
        all.append(text(other).replace("%(here)s", directory.replace("%", "%%")));
        used.add(Path.of(other.name()).normalize());
      }
    }
    return new IncludedText(all.toString(), starts);
  }

  private static List<SourceFile> matching(Path path, String pattern, List<SourceFile> offered) {
    try {
      Path directory = path.resolveSibling("").normalize();
      Path wanted = path.resolveSibling(pattern).normalize();
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + wanted);
      List<SourceFile> found = new ArrayList<>();
      for (SourceFile file : offered) {
        Path candidate = Path.of(file.name()).normalize();
        if (!candidate.equals(path)
            && candidate.toAbsolutePath().startsWith(directory.toAbsolutePath())
            && matcher.matches(candidate)) {
          found.add(file);
        }
      }
      found.sort((a, b) -> a.name().compareTo(b.name()));
      return found;
    } catch (InvalidPathException | PatternSyntaxException e) {
      return List.of();
    }
  }

  private static String text(SourceFile file) {
    return new String(file.bytes(), StandardCharsets.UTF_8);
  }

  /// The file that a line of the text is of.
  String file(Ini.Place place) {
    return starts.floorEntry(Math.max(1, place.line())).getValue();
  }

  /// The line in that file.
  int line(Ini.Place place) {
    return place.line() - starts.floorKey(Math.max(1, place.line())) + 1;
  }
}
