package bespoke.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a [Spare] is given to read: the parts of a launch that posix_spawn(3) does otherwise, said
/// in the words of sh(1), around the script of a [Trampoline].
///
/// It comes through a pipe, so no value of the environment is ever in anybody's arguments. What the
/// shell cannot say exactly is left to posix_spawn(3): see [#canExpress].
final class SpareScript {
  /// A pipe takes that much at once (pipe(7)), so that writing never waits.
  private static final int CHARS_MAX = 8192;

  /// Variables that a shell sets, keeps for itself, or acts upon when they change.
  private static final Set<String> OF_THE_SHELL =
      Set.of(
          "_",
          "COLUMNS",
          "DIRSTACK",
          "ENV",
          "EUID",
          "FUNCNAME",
          "GROUPS",
          "HISTCMD",
          "IFS",
          "LINENO",
          "LINES",
          "MAIL",
          "MAILCHECK",
          "MAILPATH",
          "OLDPWD",
          "OPTARG",
          "OPTERR",
          "OPTIND",
          "PIPESTATUS",
          "POSIXLY_CORRECT",
          "PPID",
          "PS1",
          "PS2",
          "PS4",
          "PWD",
          "RANDOM",
          "SECONDS",
          "SHELLOPTS",
          "SHLVL",
          "SRANDOM",
          "TERM",
          "UID");

  /// Those of dash, which leaves all others as they are.
  private static final Set<String> OF_DASH = Set.of("_", "IFS", "LINENO", "OPTIND");

  private SpareScript() {}

  /// Whether the shell can give a process all of this, and nothing else.
  static boolean canExpress(Launch launch) {
    return launch.descriptors().isEmpty()
        && launch.nice().isEmpty()
        && !launch.credentials().noNewPrivileges()
        && isFile(launch.input())
        && isFile(launch.output())
        && isFile(launch.error())
        && launch.directory().isAbsolute()
        && hasPlainEnvironment(launch.environment())
        && size(launch) < CHARS_MAX;
  }

  private static boolean isFile(Stream stream) {
    return !(stream instanceof Stream.Inherited);
  }

  private static boolean hasPlainEnvironment(List<String> environment) {
    Set<String> names = new HashSet<>();
    for (String entry : environment) {
      int equals = entry.indexOf('=');
      if (equals <= 0 || !isPlain(entry, equals) || !names.add(entry.substring(0, equals))) {
        return false;
      }
    }
    return true;
  }

  /// A name of POSIX that means nothing to a shell.
  private static boolean isPlain(String entry, int end) {
    for (int i = 0; i < end; i++) {
      char c = entry.charAt(i);
      boolean isLetter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_';
      if (!isLetter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    String name = entry.substring(0, end);
    return Tools.isShellDash()
        ? !OF_DASH.contains(name)
        : !name.startsWith("BASH") && !OF_THE_SHELL.contains(name);
  }

  private static int size(Launch launch) {
    int size = 0;
    for (String word : launch.command()) {
      size += word.length();
    }
    for (String entry : launch.environment()) {
      size += entry.length();
    }
    return size;
  }

  /// The first line, which it can carry out before anybody needs it.
  static String joining(String processesFile) {
    StringBuilder text = new StringBuilder(Trampoline.RENAME).append("echo 0 >");
    quote(text, processesFile);
    return text.append(" || exit ").append(Trampoline.CONTRACT_STATUS).append('\n').toString();
  }

  /// The whole rest, as one command, which is read to its end before any of it is done: a daemon
  /// that dies while it writes leaves no half of it.
  ///
  /// @param launch one that it can express
  /// @param trampoline what else is to be done
  /// @param program absolute, or relative to the directory
  static String of(Launch launch, Trampoline trampoline, List<String> program) {
    StringBuilder text = new StringBuilder(1024).append("{ exec");
    redirect(text, 0, launch.input());
    redirect(text, 1, launch.output());
    redirect(text, 2, launch.error());
    text.append("; set --");
    for (String word : trampoline.words(program)) {
      quote(text.append(' '), word);
    }
    text.append("; ").append(trampoline.steps()).append("export");
    for (String entry : launch.environment()) {
      int equals = entry.indexOf('=');
      text.append(' ').append(entry, 0, equals + 1);
      quote(text, entry.substring(equals + 1));
    }
    return text.append("; exec \"$@\"; }\n").toString();
  }

  private static void redirect(StringBuilder text, int number, Stream stream) {
    text.append(' ').append(number);
    switch (stream) {
      case Stream.Nothing() -> text.append("<>/dev/null");
      case Stream.Append(var path, int _) -> quote(text.append(">>"), path.toString());
      case Stream.ReadFrom(var path) -> quote(text.append('<'), path.toString());
      case Stream.BothEnds(var path) -> quote(text.append("<>"), path.toString());
      case Stream.SameAsOutput() -> text.append(">&1");
      case Stream.Inherited(int _) -> throw new IllegalArgumentException("a descriptor of ours");
    }
  }

  private static void quote(StringBuilder text, String word) {
    text.append('\'');
    for (int at = 0; at < word.length(); at++) {
      char c = word.charAt(at);
      if (c == '\'') {
        text.append("'\\''");
      } else {
        text.append(c);
      }
    }
    text.append('\'');
  }
}
