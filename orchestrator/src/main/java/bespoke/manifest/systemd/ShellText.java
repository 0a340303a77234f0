package bespoke.manifest.systemd;

import bespoke.manifest.systemd.Specifiers.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes a command as the text of a method: each word quoted for the shell, systemd's variables as
/// the shell's, `%` doubled for the tokens of smf_method(7).
final class ShellText {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@+,-]+");
  private static final Pattern ALONE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\$|\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

  private final Specifiers specifiers;
  private final String mainPid;
  private boolean splitsVariables;
  private boolean usesMainPid;

  /// @param mainPid what stands for `$MAINPID`: a token of a method, or a variable of the shell
  ShellText(Specifiers specifiers, String mainPid) {
    this.specifiers = specifiers;
    this.mainPid = mainPid;
  }

  /// Whether a command so far replaces a variable by several words, so that the shell must not look
  /// for files.
  boolean splitsVariables() {
    return splitsVariables;
  }

  boolean usesMainPid() {
    return usesMainPid;
  }

  /// The whole command.
  String command(ExecLine line) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < line.words().size(); i++) {
      words.add(word(line.words().get(i).text(), line.isLiteral() || i == 0));
    }
    return String.join(" ", words);
  }

  private String word(String text, boolean isLiteral) {
    Matcher alone = ALONE.matcher(text);
    if (!isLiteral && alone.matches()) {
      return variable(alone.group(1), true);
    }
    StringBuilder out = new StringBuilder();
    boolean simple = true;
    StringBuilder literal = new StringBuilder();
    for (Part part : specifiers.parts(text)) {
      switch (part) {
        case Part.Output(String command) -> {
          simple = false;
          out.append("$(").append(command.replace("%", "%%")).append(')');
        }
        case Part.Text(String known) -> {
          literal.append(known);
          simple &= append(known, isLiteral, out);
        }
      }
    }
    return simple ? quoted(unescaped(literal.toString(), isLiteral)) : '"' + out.toString() + '"';
  }

  private static String unescaped(String text, boolean isLiteral) {
    return isLiteral ? text : text.replace("$$", "$");
  }

  /// Appends a text as a part of a double-quoted word.
  ///
  /// @return whether it holds no variable
  private boolean append(String text, boolean isLiteral, StringBuilder out) {
    if (isLiteral) {
      out.append(escaped(text));
      return true;
    }
    Matcher variable = VARIABLE.matcher(text);
    boolean simple = true;
    int end = 0;
    while (variable.find()) {
      out.append(escaped(text.substring(end, variable.start())));
      boolean isDollar = variable.group(1) == null;
      out.append(isDollar ? "\\$" : variable(variable.group(1), false));
      simple &= isDollar;
      end = variable.end();
    }
    out.append(escaped(text.substring(end)));
    return simple;
  }

  private String variable(String name, boolean isAlone) {
    if (name.equals("MAINPID")) {
      usesMainPid = true;
      return mainPid;
    }
    splitsVariables |= isAlone;
    return isAlone ? "$" + name : "${" + name + "}";
  }

  private static String escaped(String text) {
    return text.replaceAll("([\\\\\"`$])", "\\\\$1").replace("%", "%%");
  }

  /// A word that means nothing but itself to the shell.
  static String quoted(String word) {
    return PLAIN.matcher(word).matches()
        ? word.replace("%", "%%")
        : "'" + word.replace("'", "'\\''").replace("%", "%%") + "'";
  }
}
