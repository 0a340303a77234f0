package bespoke.supervisor.ctl;

import bespoke.supervisor.config.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The command line of supervisorctl.
///
/// @param values options by their long name, without dashes
/// @param words the command; empty means the shell
record ClientOptions(Map<String, String> values, List<String> words) {
  static final String USAGE =
      """
      supervisorctl -- control programs that supervisord runs.

      Usage: supervisorctl [options] [action [arguments]]

      Options:
      -c/--configuration FILE -- configuration file (searched for if not given)
      -h/--help -- print this message and exit
      -i/--interactive -- start a shell after the action
      -s/--serverurl URL -- where supervisord listens (default "http://localhost:9001")
      -u/--username USER -- name for the server
      -p/--password PASSWORD -- password for the server
      -r/--history-file FILE -- keep a history of the shell in this file

      action [arguments] -- see below

      Actions are commands like "tail" or "stop". Without an action, or with -i, a shell starts.
      Use the action "help" to find out about the actions.
      """;

  private static final Map<String, String> LONG_NAMES =
      Map.of(
          "c",
          "configuration",
          "h",
          "help",
          "?",
          "help",
          "i",
          "interactive",
          "s",
          "serverurl",
          "u",
          "username",
          "p",
          "password",
          "r",
          "history-file");

  ClientOptions {
    values = Map.copyOf(values);
    words = List.copyOf(words);
  }

  @Nullable String value(String name) {
    return values.get(name);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  static ClientOptions parse(List<String> arguments) throws ConfigurationException {
    var values = new HashMap<String, String>();
    var rest = new ArrayList<>(arguments);
    while (!rest.isEmpty() && rest.getFirst().startsWith("-") && rest.getFirst().length() > 1) {
      String option = rest.removeFirst();
      if (option.equals("--")) {
        break;
      }
      if (option.startsWith("--")) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option.substring(2) : option.substring(2, equals);
        take(name, equals < 0 ? null : option.substring(equals + 1), rest, values);
      } else {
        letters(option.substring(1), rest, values);
      }
    }
    return new ClientOptions(values, rest);
  }

  private static void letters(String letters, List<String> rest, Map<String, String> values)
      throws ConfigurationException {
    for (int i = 0; i < letters.length(); i++) {
      String name = LONG_NAMES.get(letters.substring(i, i + 1));
      if (name == null) {
        throw new ConfigurationException("option -" + letters.charAt(i) + " not recognized");
      }
      boolean isFlag = name.equals("help") || name.equals("interactive");
      String attached = letters.substring(i + 1);
      take(name, isFlag || attached.isEmpty() ? null : attached, rest, values);
      if (!isFlag) {
        return;
      }
    }
  }

  private static void take(
      String name, @Nullable String attached, List<String> rest, Map<String, String> values)
      throws ConfigurationException {
    if (!LONG_NAMES.containsValue(name)) {
      throw new ConfigurationException("option --" + name + " not recognized");
    }
    if (name.equals("help") || name.equals("interactive")) {
      values.put(name, "true");
    } else if (attached != null) {
      values.put(name, attached);
    } else if (rest.isEmpty()) {
      throw new ConfigurationException("option --" + name + " requires argument");
    } else {
      values.put(name, rest.removeFirst());
    }
  }
}
