package bespoke.cli.shell;

import bespoke.api.SourceText;
import bespoke.api.Wire;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads the files that are handed to the daemon; directories stand for the descriptions in them.
final class SourceFiles {

  private static final long BYTES_MAX = Wire.REQUEST_BYTES_MAX / 2;
  private static final int DEPTH_MAX = 16;
  private static final List<String> SUFFIXES = List.of(".yaml", ".yml", ".xml");

  private SourceFiles() {}

  /// The files in the order of their names.
  ///
  /// @throws ShellException if one cannot be read, or they are too many for one request
  static List<SourceText> read(List<String> names) throws ShellException {
    List<SourceText> files = new ArrayList<>();
    long bytes = 0;
    for (Path file : expand(names)) {
      String text = read(file);
      bytes += text.length();
      if (bytes > BYTES_MAX) {
        throw new ShellException(
            "the files are longer than " + BYTES_MAX + " bytes together; import fewer at once");
      }
      files.add(new SourceText(file.toString(), text));
    }
    return files;
  }

  private static String read(Path file) throws ShellException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ShellException("cannot read " + file + ": it is not UTF-8; convert it");
    } catch (IOException e) {
      String why = Files.exists(file) ? String.valueOf(e.getMessage()) : "it does not exist";
      throw new ShellException("cannot read " + file + ": " + why);
    }
  }

  private static List<Path> expand(List<String> names) throws ShellException {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      Path path = Path.of(name);
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      try (Stream<Path> tree = Files.walk(path, DEPTH_MAX)) {
        tree.filter(SourceFiles::isDescription).sorted().forEach(files::add);
      } catch (IOException e) {
        throw new ShellException("cannot read " + name + ": " + e.getMessage());
      }
    }
    return files;
  }

  private static boolean isDescription(Path path) {
    String name = path.toString();
    return Files.isRegularFile(path) && SUFFIXES.stream().anyMatch(name::endsWith);
  }
}
