package bespoke.supervisor.config;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `[supervisord]`; the command line wins over the file.
final class ServerSection {
  private static final long LOG_BYTES = 50L << 20;

  private final SectionReader section;
  private final Map<String, String> commandLine;
  private final Surroundings surroundings;

  /// @param commandLine values of options given on the command line, by their name in the file
  ServerSection(SectionReader section, Map<String, String> commandLine, Surroundings surroundings) {
    this.section = section;
    this.commandLine = commandLine;
    this.surroundings = surroundings;
  }

  ServerConfig read(Map<String, String> environment, String temporaryDirectory)
      throws ConfigurationException {
    boolean silent = value("silent", false, Conversion.BOOLEAN);
    return new ServerConfig(
        logfile(),
        value("logfile_maxbytes", LOG_BYTES, Conversion.BYTES),
        value("logfile_backups", 10, Conversion.INTEGER),
        value("loglevel", LogLevel.INFO, Conversion.LOG_LEVEL),
        value("pidfile", "supervisord.pid", surroundings::file),
        value("umask", 022, Conversion.OCTAL),
        optional("directory", surroundings::directory),
        value("nodaemon", false, Conversion.BOOLEAN),
        silent,
        value("minfds", 1024, Conversion.INTEGER),
        value("minprocs", 200, Conversion.INTEGER),
        value("nocleanup", false, Conversion.BOOLEAN),
        value("childlogdir", temporaryDirectory, surroundings::directory),
        optional("user", surroundings::user),
        value("strip_ansi", false, Conversion.BOOLEAN),
        environment,
        value("identifier", "supervisor", text -> text),
        value("contract", "program", ServerSection::contract).equals("shared"));
  }

  private String logfile() throws ConfigurationException {
    return value(
        "logfile",
        "supervisord.log",
        text ->
            text.strip().equalsIgnoreCase("syslog") ? "syslog" : surroundings.file(text.strip()));
  }

  private static String contract(String text) throws ConfigurationException {
    String word = text.strip();
    if (!word.equals("shared") && !word.equals("program")) {
      throw new ConfigurationException("unknown contract '" + text + "' (program or shared)");
    }
    return word;
  }

  private <T> T value(String key, T absent, Conversion<T> conversion)
      throws ConfigurationException {
    return requireNonNull(given(key, absent, conversion));
  }

  private <T> @Nullable T optional(String key, Conversion<T> conversion)
      throws ConfigurationException {
    return given(key, null, conversion);
  }

  private <T> @Nullable T given(String key, @Nullable T absent, Conversion<T> conversion)
      throws ConfigurationException {
    String given = commandLine.get(key);
    if (given == null) {
      String text = section.text(key);
      if (text == null) {
        return absent;
      }
      given = text;
    }
    try {
      return conversion.convert(given);
    } catch (ConfigurationException e) {
      throw section.located(
          key, commandLine.containsKey(key), e.saying(e.getMessage() + " for option " + key));
    }
  }
}
