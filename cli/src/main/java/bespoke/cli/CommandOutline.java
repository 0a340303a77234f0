package bespoke.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What completion and manual pages need to know of a command, taken from its model.
///
/// @param name of the command or subcommand
/// @param description a sentence
/// @param synopses how it is called, a line each
/// @param options in the order of the model
/// @param subcommands in the order of the model
/// @param takesInstances whether its operands are instances
/// @param statuses what it exits with, where that is not what all exit with
record CommandOutline(
    String name,
    String description,
    List<String> synopses,
    List<Option> options,
    List<CommandOutline> subcommands,
    boolean takesInstances,
    Map<String, String> statuses) {

  /// An option.
  ///
  /// @param names such as `-t` and `--tree`
  /// @param label of its value, or empty when it takes none
  /// @param description a few words
  record Option(List<String> names, String label, String description) {}

  static CommandOutline of(Command command) {
    return of(command.name(), command.model(null));
  }

  static CommandOutline of(String name, CommandSpec spec) {
    List<Option> options = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      String label = option.arity().max() == 0 ? "" : option.paramLabel();
      options.add(new Option(List.of(option.names()), label, text(option.description())));
    }
    List<CommandOutline> subcommands = new ArrayList<>();
    for (Map.Entry<String, CommandLine> entry : spec.subcommands().entrySet()) {
      subcommands.add(of(entry.getKey(), entry.getValue().getCommandSpec()));
    }
    boolean instances =
        !spec.positionalParameters().isEmpty()
            && spec.positionalParameters().getFirst().paramLabel().contains(Models.OPERANDS);
    return new CommandOutline(
        name,
        text(spec.usageMessage().description()),
        List.of(spec.usageMessage().customSynopsis()),
        options,
        subcommands,
        instances,
        spec.usageMessage().exitCodeList());
  }

  private static String text(String[] lines) {
    return String.join(" ", lines);
  }
}
