package bespoke.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// A file whose name ends with a number, as `redo-000000000000002a`.
///
/// @param file where it is
/// @param number 0 or more
record NumberedFile(Path file, long number) implements Comparable<NumberedFile> {

  private static final int DIGITS = 16;

  /// The file of that number.
  static Path path(Path directory, String prefix, long number) {
    return directory.resolve(prefix + HexFormat.of().toHexDigits(number));
  }

  /// The files of a directory whose name is the prefix and a number, by number; none if there is no
  /// such directory.
  static List<NumberedFile> list(Path directory, String prefix) throws IOException {
    List<NumberedFile> found = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return found;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (isNumbered(name, prefix)) {
          long number = HexFormat.fromHexDigitsToLong(name, prefix.length(), name.length());
          found.add(new NumberedFile(file, number));
        }
      }
    }
    Collections.sort(found);
    return found;
  }

  /// By number.
  @Override
  public int compareTo(NumberedFile other) {
    return Long.compare(number, other.number);
  }

  private static boolean isNumbered(String name, String prefix) {
    if (!name.startsWith(prefix) || name.length() != prefix.length() + DIGITS) {
      return false;
    }
    for (int i = prefix.length(); i < name.length(); i++) {
      if (!HexFormat.isHexDigit(name.charAt(i))) {
        return false;
      }
    }
    return name.charAt(prefix.length()) < '8';
  }
}
