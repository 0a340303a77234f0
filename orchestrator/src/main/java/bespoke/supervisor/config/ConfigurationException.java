package bespoke.supervisor.config;

import java.util.List;

/// A mistake of the operator in a configuration file or on the command line.
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public ConfigurationException(String problem) {
    this(List.of(problem));
  }

  public ConfigurationException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /// All mistakes found, in the order of the file; never empty.
  public List<String> problems() {
    return problems;
  }
}
