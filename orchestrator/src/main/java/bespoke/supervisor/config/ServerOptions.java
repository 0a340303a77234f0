package bespoke.supervisor.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The command line of supervisord.
///
/// @param configuration the file of `-c`; null if not given
/// @param values settings of the section `[supervisord]`, by their name there
public record ServerOptions(
    boolean help, boolean version, @Nullable String configuration, Map<String, String> values) {

  /// An option.
  ///
  /// @param key the setting that it gives; empty for those that give none
  private record Option(String letter, String word, String key, boolean takesValue) {}

  private static final List<Option> OPTIONS =
      List.of(
          new Option("c", "configuration", "-c", true),
          new Option("n", "nodaemon", "nodaemon", false),
          new Option("s", "silent", "silent", false),
          new Option("h", "help", "-h", false),
          new Option("?", "help", "-h", false),
          new Option("v", "version", "-v", false),
          new Option("u", "user", "user", true),
          new Option("m", "umask", "umask", true),
          new Option("d", "directory", "directory", true),
          new Option("l", "logfile", "logfile", true),
          new Option("y", "logfile_maxbytes", "logfile_maxbytes", true),
          new Option("z", "logfile_backups", "logfile_backups", true),
          new Option("e", "loglevel", "loglevel", true),
          new Option("j", "pidfile", "pidfile", true),
          new Option("i", "identifier", "identifier", true),
          new Option("q", "childlogdir", "childlogdir", true),
          new Option("k", "nocleanup", "nocleanup", false),
          new Option("a", "minfds", "minfds", true),
          new Option("t", "strip_ansi", "strip_ansi", false),
          new Option("", "minprocs", "minprocs", true),
          new Option("", "background", "-background", false),
          new Option("", "profile_options", "-profile", true));

  public static final String USAGE =
      """
      supervisord -- run a set of programs as daemons.

      Usage: supervisord [options]

      Options:
      -c/--configuration FILE -- configuration file (searched for if not given)
      -n/--nodaemon -- run in the foreground (same as 'nodaemon=true' in the file)
      -s/--silent -- in the foreground, do not copy the log to standard output
      -h/--help -- print this message and exit
      -v/--version -- print the version and exit
      -u/--user USER -- run as this user (name or number)
      -m/--umask UMASK -- use this umask for programs (default 022)
      -d/--directory DIRECTORY -- working directory of programs that have none
      -l/--logfile FILE -- the activity log
      -y/--logfile_maxbytes BYTES -- rotate the activity log at this size
      -z/--logfile_backups NUM -- keep so many rotated activity logs
      -e/--loglevel LEVEL -- debug, info, warn, error, critical, trace or blather
      -j/--pidfile FILE -- write the process id into this file
      -i/--identifier STR -- name of this server for clients and log names
      -q/--childlogdir DIRECTORY -- where automatic logs of programs go
      -k/--nocleanup -- keep automatic logs of earlier servers
      -a/--minfds NUM -- file descriptors that must be available
      -t/--strip_ansi -- remove ANSI sequences from logs of programs
      --minprocs NUM -- processes that must be available
      --background -- daemonize even if the file says nodaemon or silent
      --profile_options OPTIONS -- accepted and ignored
      """;

  public ServerOptions {
    values = Map.copyOf(values);
  }

  /// Reads the command line, as getopt(3) would.
  public static ServerOptions parse(List<String> arguments) throws ConfigurationException {
    var given = new HashMap<String, String>();
    int i = 0;
    while (i < arguments.size()) {
      String argument = arguments.get(i++);
      if (argument.equals("--")) {
        break;
      }
      if (argument.startsWith("--")) {
        i = word(argument.substring(2), arguments, i, given);
      } else if (argument.startsWith("-") && argument.length() > 1) {
        i = letters(argument.substring(1), arguments, i, given);
      } else {
        i--;
        break;
      }
    }
    if (i < arguments.size()) {
      throw new ConfigurationException(
          "positional arguments are not supported: "
              + String.join(" ", arguments.subList(i, arguments.size())));
    }
    String configuration = given.remove("-c");
    boolean help = given.remove("-h") != null;
    boolean version = given.remove("-v") != null;
    given.remove("-profile");
    if (given.remove("-background") != null) {
      give(new Option("n", "nodaemon", "nodaemon", false), "false", given);
      give(new Option("s", "silent", "silent", false), "false", given);
    }
    return new ServerOptions(help, version, configuration, given);
  }

  private static int word(String text, List<String> arguments, int next, Map<String, String> given)
      throws ConfigurationException {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    Option option =
        OPTIONS.stream()
            .filter(candidate -> candidate.word().equals(name))
            .findFirst()
            .or(() -> abbreviated(name))
            .orElseThrow(() -> new ConfigurationException("option --" + name + " not recognized"));
    if (!option.takesValue()) {
      if (equals >= 0) {
        throw new ConfigurationException("option --" + name + " must not have an argument");
      }
      give(option, "true", given);
      return next;
    }
    if (equals >= 0) {
      give(option, text.substring(equals + 1), given);
      return next;
    }
    give(option, valueAt(arguments, next, "--" + name), given);
    return next + 1;
  }

  private static Optional<Option> abbreviated(String name) {
    List<Option> candidates =
        OPTIONS.stream().filter(option -> option.word().startsWith(name)).toList();
    return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
  }

  private static int letters(
      String letters, List<String> arguments, int next, Map<String, String> given)
      throws ConfigurationException {
    for (int at = 0; at < letters.length(); at++) {
      String letter = letters.substring(at, at + 1);
      Option option =
          OPTIONS.stream()
              .filter(candidate -> candidate.letter().equals(letter))
              .findFirst()
              .orElseThrow(
                  () -> new ConfigurationException("option -" + letter + " not recognized"));
      if (option.takesValue()) {
        String rest = letters.substring(at + 1);
        give(option, rest.isEmpty() ? valueAt(arguments, next, "-" + letter) : rest, given);
        return rest.isEmpty() ? next + 1 : next;
      }
      give(option, "true", given);
    }
    return next;
  }

  private static String valueAt(List<String> arguments, int index, String option)
      throws ConfigurationException {
    if (index >= arguments.size()) {
      throw new ConfigurationException("option " + option + " requires argument");
    }
    return arguments.get(index);
  }

  private static void give(Option option, String value, Map<String, String> given)
      throws ConfigurationException {
    if (given.put(option.key(), value) != null) {
      throw new ConfigurationException("conflicting command line option --" + option.word());
    }
  }
}
