package bespoke.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What `svcgraph simulate` is asked for.
///
/// @param manifests files and directories
/// @param scenarios files
/// @param seed instead of the scenarios' own
/// @param runs instead of the scenarios' own
/// @param json one JSON document
/// @param verbose tell what holds, too
/// @param help print the usage
/// @param schema print the JSON Schema of scenarios
record SimulateOptions(
    List<Path> manifests,
    List<Path> scenarios,
    OptionalLong seed,
    OptionalInt runs,
    boolean json,
    boolean verbose,
    boolean help,
    boolean schema) {
  static final String USAGE =
      """
      Usage: svcgraph simulate --manifests DIR|FILE... --scenario FILE... [--seed N] [--runs N] [-v]
                               [--json]
             svcgraph simulate --schema
      """;

  private static final int RUNS_MAX = 100_000;

  SimulateOptions {
    manifests = List.copyOf(manifests);
    scenarios = List.copyOf(scenarios);
  }

  /// The options are wrong; the message is for a person.
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  static SimulateOptions read(List<String> arguments) throws UsageException {
    List<Path> manifests = new ArrayList<>();
    List<Path> scenarios = new ArrayList<>();
    OptionalLong seed = OptionalLong.empty();
    OptionalInt runs = OptionalInt.empty();
    boolean json = false;
    boolean verbose = false;
    boolean help = false;
    boolean schema = false;
    @Nullable List<Path> taking = null;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument) {
        case "--manifests" -> {
          manifests.add(Path.of(value(arguments, ++i, argument)));
          taking = manifests;
        }
        case "--scenario" -> {
          scenarios.add(Path.of(value(arguments, ++i, argument)));
          taking = scenarios;
        }
        case "--seed" -> seed = OptionalLong.of(number(arguments, ++i, argument, Long.MAX_VALUE));
        case "--runs" ->
            runs = OptionalInt.of((int) Math.max(1, number(arguments, ++i, argument, RUNS_MAX)));
        case "--json" -> json = true;
        case "-v", "--verbose" -> verbose = true;
        case "-h", "-?", "--help" -> help = true;
        case "--schema" -> schema = true;
        default -> {
          if (argument.startsWith("-") || taking == null) {
            throw new UsageException("unknown argument \"" + argument + "\"");
          }
          taking.add(Path.of(argument));
        }
      }
    }
    if (!help && !schema && manifests.isEmpty()) {
      throw new UsageException("--manifests is missing");
    }
    if (!help && !schema && scenarios.isEmpty()) {
      throw new UsageException("--scenario is missing");
    }
    return new SimulateOptions(manifests, scenarios, seed, runs, json, verbose, help, schema);
  }

  private static String value(List<String> arguments, int at, String option) throws UsageException {
    if (at >= arguments.size()) {
      throw new UsageException("a value is missing after " + option);
    }
    return arguments.get(at);
  }

  private static long number(List<String> arguments, int at, String option, long most)
      throws UsageException {
    String text = value(arguments, at, option);
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UsageException("\"" + text + "\" is no number for " + option);
  }
}
