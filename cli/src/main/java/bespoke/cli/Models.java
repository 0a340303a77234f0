package bespoke.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The pieces that command models are built of.
final class Models {

  static final String OPERANDS = "operand";

  private Models() {}

  /// Tells picocli what it need not do at each start: to trace, to look up by reflection what
  /// converts arguments into dates and connections, and to search all jars for Groovy, which opens
  /// them. To be called before anything else of it.
  static void preparePicocli() {
    System.setProperty("picocli.trace", "OFF");
    System.setProperty("picocli.converters.excludes", ".*");
    System.setProperty("picocli.disable.closures", "true");
  }

  /// A command with the options that all have.
  static CommandSpec command(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description).sortOptions(false).width(100);
    spec.parser().overwrittenOptionsAllowed(true).caseInsensitiveEnumValuesAllowed(true);
    spec.addOption(value("--root", "DIR", "the root directory of the daemon to talk to"));
    spec.addOption(
        OptionSpec.builder("-?", "--help")
            .usageHelp(true)
            .arity("0")
            .description("show this help")
            .build());
    return spec;
  }

  /// An option without value.
  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).arity("0").type(boolean.class).description(description).build();
  }

  /// An option without value that has two names.
  static OptionSpec flag(String name, String other, String description) {
    return OptionSpec.builder(name, other)
        .arity("0")
        .type(boolean.class)
        .description(description)
        .build();
  }

  /// An option with a value.
  static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .arity("1")
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /// An option with a value that may be given several times.
  static OptionSpec values(String name, String label, String description) {
    return OptionSpec.builder(name)
        .arity("1")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /// The operands, any number of them.
  static PositionalParamSpec operands(String label, String description) {
    return PositionalParamSpec.builder()
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("0..*")
        .index("0..*")
        .paramLabel(label)
        .description(description)
        .build();
  }

  /// The operands that were given.
  static List<String> operands(ParseResult arguments) {
    List<String> operands = arguments.matchedPositionalValue(0, List.of());
    return operands;
  }

  /// The values of an option that may be given several times.
  static List<String> values(ParseResult arguments, String name) {
    return arguments.matchedOptionValue(name, List.of());
  }

  /// The value of an option, or the empty string.
  static String value(ParseResult arguments, String name) {
    return arguments.matchedOptionValue(name, "");
  }
}
