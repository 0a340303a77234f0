package bespoke.supervisor.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A question that tells whether a program is ready or well.
public sealed interface Check {
  /// Somebody accepts connections there.
  record Tcp(String host, int port) implements Check {}

  /// A GET is answered with a status from 200 to 399.
  record Http(String host, int port, String path) implements Check {}

  /// A command exits with status 0; it runs as the program does, in the program's contract.
  record Exec(List<String> words) implements Check {
    public Exec {
      words = List.copyOf(words);
    }
  }

  /// The program says so itself (sd_notify(3)): nobody asks.
  record Notify() implements Check {}

  /// `sd_notify`, `exec:COMMAND`, `tcp://HOST:PORT` or `http://HOST[:PORT][/PATH]`.
  static Check parse(String text) throws ConfigurationException {
    String question = text.strip();
    if (question.equals("sd_notify")) {
      return new Notify();
    }
    if (question.startsWith("exec:")) {
      List<String> words = ShellWords.split(question.substring("exec:".length()));
      if (words.isEmpty()) {
        throw unreadable(text);
      }
      return new Exec(words);
    }
    Matcher match =
        Pattern.compile("(tcp|http)://([^:/]+)(?::(\\d{1,5}))?(/\\S*)?").matcher(question);
    boolean tcp = question.startsWith("tcp:");
    if (!match.matches() || (tcp && match.group(3) == null)) {
      throw unreadable(text);
    }
    int port = match.group(3) == null ? 80 : Integer.parseInt(match.group(3));
    String path = match.group(4) == null ? "/" : match.group(4);
    return tcp ? new Tcp(match.group(2), port) : new Http(match.group(2), port, path);
  }

  private static ConfigurationException unreadable(String text) {
    return new ConfigurationException(
        "not a check: '"
            + text
            + "' (tcp://HOST:PORT, http://HOST:PORT/PATH, exec:COMMAND or sd_notify)");
  }

  /// The checks of one program.
  ///
  /// @param readiness answered well, the program is RUNNING; null = startsecs decides
  /// @param readinessSeconds how long that may take
  /// @param health asked while it is RUNNING; null = never
  /// @param healthIntervalSeconds pause between two questions
  /// @param healthFailures bad answers in a row that lead to a restart
  /// @param timeoutSeconds how long an answer may take
  record Checks(
      @Nullable Check readiness,
      int readinessSeconds,
      @Nullable Check health,
      int healthIntervalSeconds,
      int healthFailures,
      int timeoutSeconds) {
    static Checks read(SectionReader section) throws ConfigurationException {
      Check health = section.value("health", (@Nullable Check) null, text -> Check.parse(text));
      if (health instanceof Notify) {
        throw new ConfigurationException(
            "sd_notify says that a program is ready, not that it is well (tcp://HOST:PORT,"
                + " http://HOST:PORT/PATH or exec:COMMAND) for option health");
      }
      return new Checks(
          section.value("readiness", (@Nullable Check) null, text -> Check.parse(text)),
          Math.max(1, section.integer("readiness_timeout", 60)),
          health,
          Math.max(1, section.integer("health_interval", 10)),
          Math.max(1, section.integer("health_failures", 3)),
          Math.max(1, section.integer("check_timeout", 2)));
    }
  }
}
