package bespoke.supervisor.config;

import java.util.List;

/// A mistake of the operator in a configuration file or on the command line.
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;
  private final String place;

  public ConfigurationException(String problem) {
    this(List.of(problem));
  }

  public ConfigurationException(List<String> problems) {
    this(problems, "");
  }

  private ConfigurationException(List<String> problems, String place) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
    this.place = place;
  }

  /// The same mistake, made in a value; where it is known already, that stays.
  ConfigurationException in(Ini.Value value) {
    return place.isEmpty() ? new ConfigurationException(problems, value.place()) : this;
  }

  /// The same mistake, in other words.
  ConfigurationException saying(String problem) {
    return new ConfigurationException(List.of(problem), place);
  }

  /// `FILE:LINE:COLUMN` of the value that is wrong; empty if it is none in particular.
  String place() {
    return place;
  }

  /// All mistakes found, in the order of the file; never empty.
  public List<String> problems() {
    return problems;
  }
}
