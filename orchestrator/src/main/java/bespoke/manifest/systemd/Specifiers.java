package bespoke.manifest.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Replaces the specifiers of systemd.unit(5).
///
/// What depends on the machine (`%H`, `%m`, …) is not known here: in a command it becomes a command
/// substitution, elsewhere it cannot be replaced.
final class Specifiers {

  private static final Map<Character, String> DIRECTORIES =
      Map.of(
          't',
          "/run",
          'S',
          "/var/lib",
          'C',
          "/var/cache",
          'L',
          "/var/log",
          'E',
          "/etc",
          'T',
          "/tmp",
          'V',
          "/var/tmp",
          'h',
          "/root");

  private static final Map<Character, String> OWNER =
      Map.of('u', "root", 'U', "0", 'g', "root", 'G', "0");

  private static final Map<Character, String> COMMANDS =
      Map.of(
          'H', "uname -n",
          'l', "uname -n | cut -d. -f1",
          'm', "cat /etc/machine-id",
          'b', "tr -d - </proc/sys/kernel/random/boot_id",
          'v', "uname -r",
          'a', "uname -m | tr _ -",
          'o', ". /etc/os-release; echo $ID",
          's', "getent passwd 0 | cut -d: -f7");

  private final UnitName name;

  Specifiers(UnitName name) {
    this.name = name;
  }

  /// A piece of an expanded text.
  sealed interface Part {
    /// Characters that stand for themselves.
    record Text(String text) implements Part {}

    /// The output of a shell command when the method runs.
    record Output(String command) implements Part {}
  }

  /// The text with everything replaced, or empty when something of it is only known later.
  Optional<String> expand(String text) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts(text)) {
      switch (part) {
        case Part.Text(String known) -> out.append(known);
        case Part.Output _ -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(out.toString());
  }

  /// The pieces of a text; an unknown specifier stands for itself, as in systemd.
  List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder known = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%' || i + 1 == text.length()) {
        known.append(c);
        continue;
      }
      char letter = text.charAt(++i);
      String command = COMMANDS.get(letter);
      if (command == null) {
        known.append(value(letter));
      } else {
        parts.add(new Part.Text(known.toString()));
        known.setLength(0);
        parts.add(new Part.Output(command));
      }
    }
    parts.add(new Part.Text(known.toString()));
    return parts;
  }

  private String value(char letter) {
    String fixed = DIRECTORIES.getOrDefault(letter, OWNER.get(letter));
    if (fixed != null) {
      return fixed;
    }
    String last = name.prefix().substring(name.prefix().lastIndexOf('-') + 1);
    return switch (letter) {
      case '%' -> "%";
      case 'n' -> name.toString();
      case 'N' -> name.stem();
      case 'p' -> name.prefix();
      case 'P' -> unescape(name.prefix());
      case 'i' -> name.instance();
      case 'I' -> unescape(name.instance());
      case 'j' -> last;
      case 'J' -> unescape(last);
      case 'f' -> "/" + unescape(name.isTemplated() ? name.instance() : name.prefix());
      default -> "%" + letter;
    };
  }

  /// The name that systemd-escape(1) made this of: `-` is `/`, `\xHH` a byte.
  static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean hex = c == '\\' && text.startsWith("\\x", i) && i + 4 <= text.length();
      if (hex && text.substring(i + 2, i + 4).matches("[0-9a-fA-F]{2}")) {
        int code = Integer.parseInt(text.substring(i + 2, i + 4), 16);
        out.append((char) Math.max(code, ' '));
        i += 3;
      } else {
        out.append(c == '-' ? '/' : c);
      }
    }
    return out.toString();
  }
}
