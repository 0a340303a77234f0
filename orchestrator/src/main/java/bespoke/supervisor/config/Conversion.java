package bespoke.supervisor.config;

import bespoke.supervisor.event.EventType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Turns the text of an option into a value, or says why it is none.
@FunctionalInterface
interface Conversion<T> {
  T convert(String text) throws ConfigurationException;

  Conversion<Boolean> BOOLEAN =
      text ->
          switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on", "1" -> true;
            case "no", "false", "off", "0" -> false;
            default -> throw wrong("not a valid boolean value: '" + text + "'");
          };

  Conversion<Integer> INTEGER =
      text -> {
        try {
          return Integer.valueOf(text.strip());
        } catch (NumberFormatException _) {
          throw wrong("invalid literal for an integer: '" + text + "'");
        }
      };

  Conversion<Long> BYTES =
      text -> {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        long unit =
            lower.endsWith("kb")
                ? 1L << 10
                : lower.endsWith("mb") ? 1L << 20 : lower.endsWith("gb") ? 1L << 30 : 1;
        String digits = unit == 1 ? lower : lower.substring(0, lower.length() - 2);
        try {
          return Math.multiplyExact(Long.parseLong(digits.strip()), unit);
        } catch (NumberFormatException | ArithmeticException _) {
          throw wrong(
              "not a valid number of bytes: '" + text + "' (write 1024, 10KB, 50MB or 1GB)");
        }
      };

  Conversion<Integer> OCTAL =
      text -> {
        try {
          int value = Integer.parseInt(text.strip(), 8);
          if (value >= 0 && value <= 07777) {
            return value;
          }
        } catch (NumberFormatException _) {
          // reported below
        }
        throw wrong(text + " can not be converted to an octal type");
      };

  Conversion<SignalNumber> SIGNAL =
      text ->
          SignalNumber.of(text)
              .orElseThrow(
                  () -> wrong("value '" + text + "' is not a valid signal name or number"));

  Conversion<LogLevel> LOG_LEVEL =
      text -> LogLevel.of(text).orElseThrow(() -> wrong("bad logging level name '" + text + "'"));

  Conversion<Autorestart> AUTORESTART =
      text -> {
        if (text.strip().equalsIgnoreCase("unexpected")) {
          return Autorestart.UNEXPECTED;
        }
        try {
          return BOOLEAN.convert(text) ? Autorestart.ALWAYS : Autorestart.NEVER;
        } catch (ConfigurationException _) {
          throw wrong("invalid 'autorestart' value '" + text + "' (true, false or unexpected)");
        }
      };

  Conversion<List<Integer>> EXIT_CODES =
      text -> {
        var codes = new ArrayList<Integer>();
        for (String part : words(text, ",")) {
          int code = INTEGER.convert(part);
          if (code < 0 || code > 255) {
            throw wrong("Invalid exit code " + part + " (0 to 255)");
          }
          codes.add(code);
        }
        return codes;
      };

  Conversion<Set<EventType>> EVENTS =
      text -> {
        var events = new LinkedHashSet<EventType>();
        for (String name : words(text, ",")) {
          events.add(
              EventType.of(name)
                  .orElseThrow(() -> wrong("unknown event type " + name + " in events")));
        }
        return events;
      };

  /// A name of a program, group or process.
  Conversion<String> NAME =
      text -> {
        String name = text.strip();
        if (name.chars().anyMatch(c -> Character.isWhitespace(c) || c == ':' || c == '/')) {
          throw wrong("Invalid name: '" + name + "' because of invalid characters (blank, : or /)");
        }
        return name;
      };

  static ConfigurationException wrong(String problem) {
    return new ConfigurationException(problem);
  }

  /// The parts between separators, without surrounding blanks and without empty parts.
  static List<String> words(String text, String separatorRegex) {
    var words = new ArrayList<String>();
    for (String part : text.split(separatorRegex, -1)) {
      if (!part.isBlank()) {
        words.add(part.strip());
      }
    }
    return words;
  }

  /// A leading `~` or `~user` replaced by the home directory.
  static String withHome(String path) {
    if (!path.startsWith("~")) {
      return path;
    }
    int slash = path.indexOf('/');
    String user = slash < 0 ? path.substring(1) : path.substring(1, slash);
    String home =
        user.isEmpty()
            ? System.getProperty("user.home")
            : Accounts.system().user(user).map(Account::home).orElse("~" + user);
    return home + (slash < 0 ? "" : path.substring(slash));
  }
}
