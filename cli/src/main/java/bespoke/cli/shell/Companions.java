package bespoke.cli.shell;

import bespoke.api.ComposeNames;
import bespoke.api.DescriptionNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Finds the files that a named description needs beside itself; the daemon opens no file of its
/// own for an import. One method a format.
///
/// Only what lies in the directory of the description or below comes along.
final class Companions {

  private static final int COUNT_MAX = 1000;
  private static final Pattern INCLUDE =
      Pattern.compile("<\\s*(?:[A-Za-z_]+:)?include\\s[^>]*?\\bhref\\s*=\\s*[\"']([^\"']+)[\"']");

  /// `services:` or `include:` at the beginning of a line, or an image: a compose file.
  private static final Pattern SERVICES =
      Pattern.compile("(?m)^(services|include):|^[ \\t]+(image|build):");

  /// A section of supervisord's configuration.
  private static final Pattern INI = Pattern.compile("(?m)^\\[(supervisord|include)\\]");

  private static final Pattern PROGRAMS = Pattern.compile("(?m)^\\[(supervisord\\]|program:)");

  /// What `[include]` names, and goes on in indented lines.
  private static final Pattern FILES =
      Pattern.compile("(?mi)^files\\s*[=:]\\s*([^\\n]*(?:\\n[ \\t]+[^\\n]*)*)");

  private Companions() {}

  /// The files of supervisord's `[include]`, patterns in the last component.
  private static void configurations(Path file, String text, List<Path> found) {
    Matcher files = FILES.matcher(text);
    while (files.find()) {
      for (String word : files.group(1).strip().split("\\s+", -1)) {
        try {
          Path pattern = file.resolveSibling(word.replace("%(here)s/", "")).normalize();
          matching(file, pattern, found);
        } catch (InvalidPathException | PatternSyntaxException | IOException e) {
          // the reader converts what is there
        }
      }
    }
  }

  private static void matching(Path file, Path pattern, List<Path> found) throws IOException {
    List<Path> entries = new ArrayList<>();
    String name = String.valueOf(pattern.getFileName());
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(pattern.resolveSibling("").normalize(), name)) {
      for (Path entry : all) {
        if (entries.size() < COUNT_MAX && Files.isRegularFile(entry) && isBelow(file, entry)) {
          entries.add(entry);
        }
      }
    }
    Collections.sort(entries);
    found.addAll(entries);
  }

  /// Whether the directory of a file is a part of what it says: the name of a composition,
  /// supervisord's `%(here)s`.
  static boolean isPlaced(Path file, String text) {
    return file.toString().matches(".*\\.ya?ml") && SERVICES.matcher(text).find()
        || !file.toString().matches(".*\\.(ya?ml|xml)") && PROGRAMS.matcher(text).find();
  }

  /// The companions of a file, if it is of a format that has any.
  static List<Path> of(Path file, String text) {
    List<Path> found = new ArrayList<>();
    if (file.toString().endsWith(".xml")) {
      included(file, text, found);
    }
    if (file.toString().matches(".*\\.ya?ml") && SERVICES.matcher(text).find()) {
      variables(file, text, found);
    }
    if (INI.matcher(text).find()) {
      configurations(file, text, found);
    }
    dropIns(file, found);
    return found;
  }

  /// `<xi:include href="…"/>` of SMF's XML.
  private static void included(Path file, String text, List<Path> found) {
    Matcher include = INCLUDE.matcher(text);
    while (include.find() && found.size() < COUNT_MAX) {
      try {
        // a file of another machine may lie beside this one
        String name = include.group(1).replaceFirst("^(file:)?/.*/", "");
        Path target = file.resolveSibling(name).normalize();
        if (Files.isRegularFile(target) && isBelow(file, target)) {
          found.add(target);
        }
      } catch (InvalidPathException | IOException e) {
        // The reader says what is wrong with it.
      }
    }
  }

  /// `.env`, the override and the files that a compose file names.
  private static void variables(Path file, String text, List<Path> found) {
    String base = String.valueOf(file.getFileName());
    for (String candidate : ComposeNames.files(base, text)) {
      try {
        Path target = file.resolveSibling(candidate).normalize();
        if (Files.isRegularFile(target) && isBelow(file, target) && !found.contains(target)) {
          found.add(target);
        }
      } catch (InvalidPathException | IOException e) {
        // The reader says what is missing.
      }
    }
  }

  /// Whether the target lies in the directory of the file, whatever links say.
  private static boolean isBelow(Path file, Path target) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    return directory != null && target.toRealPath().startsWith(directory.toRealPath());
  }

  /// The drop-ins of a systemd unit that was named: `web.service.d/*.conf`.
  private static void dropIns(Path file, List<Path> found) {
    Path directory = file.resolveSibling(file.getFileName() + ".d");
    if (!DescriptionNames.isUnit(file) || !Files.isDirectory(directory)) {
      return;
    }
    List<Path> dropIns = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.conf")) {
      for (Path entry : entries) {
        if (dropIns.size() < COUNT_MAX) {
          dropIns.add(entry);
        }
      }
    } catch (IOException e) {
      return; // they are then missing from the report as well as from the unit's directory
    }
    Collections.sort(dropIns);
    found.addAll(dropIns);
  }
}
