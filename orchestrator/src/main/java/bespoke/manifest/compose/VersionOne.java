package bespoke.manifest.compose;

import bespoke.manifest.Fidelity;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The first version of the compose format, which Fig had: services stand at the top of the file,
/// without `services:` around them, and there is nothing else.
final class VersionOne {

  private static final Pattern TOP = Pattern.compile("[A-Za-z0-9._-]+:\\s*(#.*)?");
  private static final Pattern IMAGE = Pattern.compile("\\s+(image|build):.*");

  /// What only a newer version has at the top.
  private static final List<String> NEWER = List.of("services", "include", "version", "name");

  /// What tells a service from any other mapping.
  private static final List<String> TELLING = List.of("image", "build", "command", "extends");

  private VersionOne() {}

  /// Whether a text has a mapping at the top with an image, or a directory to build one in.
  static boolean looksLikeIt(String text) {
    boolean isInside = false;
    int indentation = 0; // of what is right below the top; deeper things are another format's
    for (String line : text.lines().toList()) {
      int blanks = line.length() - line.stripLeading().length();
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      if (blanks == 0) {
        isInside = TOP.matcher(line).matches();
        indentation = 0;
      } else {
        indentation = indentation == 0 ? blanks : indentation;
        if (isInside && blanks == indentation && IMAGE.matcher(line).matches()) {
          return true;
        }
      }
    }
    return false;
  }

  /// The same in the form of today; what is of today already is left as it is.
  static Node.Fields lifted(Node.Fields root, Report report) {
    boolean isVersionOne =
        !root.map().isEmpty()
            && NEWER.stream().noneMatch(root.map()::containsKey)
            && root.map().values().stream().allMatch(VersionOne::isService);
    if (!isVersionOne) {
      return root;
    }
    report.note(
        Fidelity.EXACT,
        root.at(),
        "version 1",
        "services at the top, without \"services:\" around them");
    return new Node.Fields(Map.of("services", root), Map.of("services", root.at()), root.at());
  }

  private static boolean isService(Node node) {
    return node instanceof Node.Fields fields
        && TELLING.stream().anyMatch(fields.map()::containsKey);
  }
}
