package bespoke.supervisor.config;

import org.jspecify.annotations.Nullable;

/// A question that tells whether a program is ready or well.
public sealed interface Check {
  /// Somebody accepts connections there.
  record Tcp(String host, int port) implements Check {}

  /// A GET is answered with a status from 200 to 399.
  record Http(String host, int port, String path) implements Check {}

  /// `tcp://HOST:PORT` or `http://HOST[:PORT][/PATH]`.
  static Check parse(String text) throws ConfigurationException {
    String url = text.strip();
    var parts = java.util.regex.Pattern.compile("(tcp|http)://([^:/]+)(?::(\\d{1,5}))?(/\\S*)?");
    var match = parts.matcher(url);
    boolean tcp = url.startsWith("tcp:");
    if (!match.matches() || (tcp && match.group(3) == null)) {
      throw new ConfigurationException(
          "not a check: '" + text + "' (tcp://HOST:PORT or http://HOST:PORT/PATH)");
    }
    int port = match.group(3) == null ? 80 : Integer.parseInt(match.group(3));
    String path = match.group(4) == null ? "/" : match.group(4);
    return tcp ? new Tcp(match.group(2), port) : new Http(match.group(2), port, path);
  }

  /// The checks of one program.
  ///
  /// @param readiness answered well, the program is RUNNING; null = startsecs decides
  /// @param readinessSeconds how long that may take
  /// @param health asked while it is RUNNING; null = never
  /// @param healthIntervalSeconds pause between two questions
  /// @param healthFailures bad answers in a row that lead to a restart
  record Checks(
      @Nullable Check readiness,
      int readinessSeconds,
      @Nullable Check health,
      int healthIntervalSeconds,
      int healthFailures) {
    static Checks read(SectionReader section) throws ConfigurationException {
      return new Checks(
          section.value("readiness", (@Nullable Check) null, text -> Check.parse(text)),
          Math.max(1, section.integer("readiness_timeout", 60)),
          section.value("health", (@Nullable Check) null, text -> Check.parse(text)),
          Math.max(1, section.integer("health_interval", 10)),
          Math.max(1, section.integer("health_failures", 3)));
    }
  }
}
