package bespoke.supervisor.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Typed access to the options of one section.
final class SectionReader {
  private final Ini ini;
  private final String section;
  private final Expansion expansion;

  SectionReader(Ini ini, String section, Expansion expansion) {
    this.ini = ini;
    this.section = section;
    this.expansion = expansion;
  }

  /// The same section with more names known.
  SectionReader with(Expansion more) {
    return new SectionReader(ini, section, more);
  }

  String section() {
    return section;
  }

  Expansion expansion() {
    return expansion;
  }

  boolean has(String key) {
    return ini.value(section, key).isPresent();
  }

  /// The text as written; null if the option is absent.
  @Nullable String raw(String key) {
    return ini.value(section, key).map(Ini.Value::text).orElse(null);
  }

  /// The text with names expanded; null if the option is absent.
  @Nullable String text(String key) throws ConfigurationException {
    Ini.Value value = ini.value(section, key).orElse(null);
    if (value == null) {
      return null;
    }
    if (value.text().indexOf('%') < 0) {
      return value.text();
    }
    // `here` is the directory of the file that holds this very value
    String here = String.valueOf(Path.of(value.file()).toAbsolutePath().normalize().getParent());
    try {
      return expansion.with("here", here).expand(value.text(), section + "." + key);
    } catch (ConfigurationException e) {
      throw e.in(value);
    }
  }

  String text(String key, String absent) throws ConfigurationException {
    String text = text(key);
    return text == null ? absent : text;
  }

  /// The text of an option that must be there.
  String required(String key) throws ConfigurationException {
    String text = text(key);
    if (text == null) {
      throw new ConfigurationException("section [" + section + "] does not specify a " + key);
    }
    return text;
  }

  /// The converted value; `absent` if the option is absent.
  <T extends @Nullable Object> T value(String key, T absent, Conversion<T> conversion)
      throws ConfigurationException {
    String text = text(key);
    if (text == null) {
      return absent;
    }
    try {
      return conversion.convert(text);
    } catch (ConfigurationException e) {
      ConfigurationException wrong = e.saying(e.getMessage() + " for option " + key);
      throw ini.value(section, key).map(wrong::in).orElse(wrong);
    }
  }

  boolean bool(String key, boolean absent) throws ConfigurationException {
    return value(key, absent, Conversion.BOOLEAN);
  }

  int integer(String key, int absent) throws ConfigurationException {
    return value(key, absent, Conversion.INTEGER);
  }

  long bytes(String key, long absent) throws ConfigurationException {
    return value(key, absent, Conversion.BYTES);
  }

  /// The same mistake with the place of an option before it, unless the command line gave that.
  ConfigurationException located(String key, boolean isGiven, ConfigurationException e) {
    Ini.Value value = isGiven ? null : ini.value(section, key).orElse(null);
    return value == null ? e : e.saying(value.place() + ": " + e.getMessage());
  }

  /// The same mistake with the section and its file.
  ConfigurationException located(ConfigurationException e) {
    String place = e.place().isEmpty() ? ini.beginningOf(section) : e.place();
    return new ConfigurationException(
        (place.isEmpty() ? "" : place + ": ")
            + e.getMessage()
            + " in section '"
            + section
            + "' (file: '"
            + ini.fileOf(section)
            + "')");
  }
}
