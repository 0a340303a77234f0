package bespoke.supervisor.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Parses supervisord's dialect of INI: the lenient mode of Python's RawConfigParser with `;` and
/// `#` as comments, also in the middle of a line when white space stands before them.
public final class IniParser {
  /// A longer file is refused, in characters.
  private static final int LENGTH_MAX = 16 << 20;

  private final String file;
  private final Ini ini = new Ini();
  private final List<String> problems = new ArrayList<>();
  private @Nullable String section;
  private @Nullable String key;
  private final List<String> valueLines = new ArrayList<>();
  private int keyLine;
  private int indent;

  private IniParser(String file) {
    this.file = file;
  }

  /// Parses one file's text.
  ///
  /// @param file the name used in messages
  /// @throws ConfigurationException naming every line that is neither section, option nor comment
  public static Ini parse(String text, String file) throws ConfigurationException {
    if (text.length() > LENGTH_MAX) {
      throw new ConfigurationException(
          "File " + file + " is longer than 16 MiB; is it a configuration file?");
    }
    var parser = new IniParser(file);
    int number = 0;
    for (String line : text.split("\r\n|\r|\n", -1)) {
      parser.line(line, ++number);
    }
    parser.finishValue();
    if (!parser.problems.isEmpty()) {
      throw new ConfigurationException(parser.problems);
    }
    return parser.ini;
  }

  private void line(String line, int number) {
    int comment = commentStart(line);
    String content = (comment < 0 ? line : line.substring(0, comment)).strip();
    if (content.isEmpty()) {
      if (comment < 0 && key != null) {
        valueLines.add("");
      }
      return;
    }
    int indentation = indentation(line);
    if (section != null && key != null && indentation > indent) {
      valueLines.add(content);
      return;
    }
    finishValue();
    indent = indentation;
    if (content.startsWith("[") && content.lastIndexOf(']') > 1) {
      section = content.substring(1, content.lastIndexOf(']'));
      ini.section(section, file, new Ini.Place(number, indentation + 1));
    } else {
      option(content, number, indentation + 1);
    }
  }

  private void option(String content, int number, int column) {
    if (section == null) {
      problem(number, column, "File contains no section headers", content);
      return;
    }
    int separator = separator(content);
    if (separator <= 0) {
      problem(number, column, "Source contains parsing errors", content);
      return;
    }
    key = content.substring(0, separator).strip().toLowerCase(Locale.ROOT);
    keyLine = number;
    valueLines.add(content.substring(separator + 1).strip());
  }

  private void problem(int number, int column, String what, String content) {
    problems.add(
        file
            + ":"
            + number
            + ":"
            + column
            + ": "
            + what
            + ". file: '"
            + file
            + "', line: "
            + number
            + " '"
            + content
            + "'");
  }

  private void finishValue() {
    if (key != null && section != null) {
      int last = valueLines.size();
      while (last > 1 && valueLines.get(last - 1).isEmpty()) {
        last--;
      }
      String value = String.join("\n", valueLines.subList(0, last));
      ini.put(section, key, new Ini.Value(value, file, keyLine, indent + 1));
    }
    key = null;
    valueLines.clear();
  }

  private static int separator(String content) {
    for (int i = 0; i < content.length(); i++) {
      if (content.charAt(i) == '=' || content.charAt(i) == ':') {
        return i;
      }
    }
    return -1;
  }

  private static int indentation(String line) {
    int i = 0;
    while (i < line.length() && Character.isWhitespace(line.charAt(i))) {
      i++;
    }
    return i;
  }

  /// The index where a comment begins, or -1: `;` or `#` first in the line or after white space.
  private static int commentStart(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if ((c == ';' || c == '#') && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
        return i;
      }
    }
    return -1;
  }
}
