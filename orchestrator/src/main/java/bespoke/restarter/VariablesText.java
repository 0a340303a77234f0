package bespoke.restarter;

import java.util.ArrayList;
import java.util.List;

/// The text of a file of variables (systemd.exec(5), `EnvironmentFile=`).
///
/// One `NAME=value` a line; lines that begin with `#` or `;` are comments. The value goes to the
/// end of the line and loses the blanks around it; parts of it may be quoted as in a shell, also
/// over several lines, and a backslash at the end of a line joins the next. Nothing is expanded. A
/// line that is none of this is left out.
final class VariablesText {

  private final String text;
  private int at;

  private VariablesText(String text) {
    this.text = text;
  }

  /// The variables, in order.
  static List<String> entries(String text) {
    VariablesText reading = new VariablesText(text.replace("\r\n", "\n"));
    List<String> entries = new ArrayList<>();
    while (reading.at < reading.text.length()) {
      reading.line(entries);
    }
    return entries;
  }

  private void line(List<String> entries) {
    skipBlanks();
    int end = endOfLine();
    if (at == end || "#;".indexOf(text.charAt(at)) >= 0) {
      at = end + 1;
      return;
    }
    int equals = text.indexOf('=', at);
    String name = equals < 0 || equals > end ? "" : text.substring(at, equals).strip();
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      at = end + 1;
      return;
    }
    at = equals + 1;
    skipBlanks();
    String value = value();
    if (value.indexOf('\0') < 0) {
      entries.add(name + "=" + value);
    }
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private int endOfLine() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private String value() {
    StringBuilder value = new StringBuilder();
    int kept = 0; // blanks at the end count only up to here
    while (at < text.length() && text.charAt(at) != '\n') {
      char c = text.charAt(at++);
      switch (c) {
        case '\'' -> kept = single(value);
        case '"' -> kept = quoted(value);
        case '\\' -> kept = escaped(value);
        default -> {
          value.append(c);
          kept = c == ' ' || c == '\t' ? kept : value.length();
        }
      }
    }
    at++;
    return value.substring(0, kept);
  }

  private int single(StringBuilder value) {
    int close = text.indexOf('\'', at);
    int end = close < 0 ? text.length() : close;
    value.append(text, at, end);
    at = Math.min(end + 1, text.length());
    return value.length();
  }

  private int quoted(StringBuilder value) {
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      boolean escapes = c == '\\' && at < text.length() && "\"\\`$\n".indexOf(text.charAt(at)) >= 0;
      if (!escapes) {
        value.append(c);
      } else if (text.charAt(at++) != '\n') {
        value.append(text.charAt(at - 1));
      }
    }
    at = Math.min(at + 1, text.length());
    return value.length();
  }

  /// Outside of quotes every character can be escaped; the end of a line is then no end.
  private int escaped(StringBuilder value) {
    if (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\n') {
        value.append(c);
      }
    }
    return value.length();
  }
}
