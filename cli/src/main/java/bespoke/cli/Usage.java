package bespoke.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/// What is printed after a usage error, and with `-?`.
final class Usage {

  private Usage() {}

  /// The synopsis.
  static String brief(CommandSpec spec) {
    StringBuilder text = new StringBuilder();
    String[] synopses = spec.usageMessage().customSynopsis();
    if (synopses.length == 0) {
      return "Usage: " + new CommandLine.Help(spec, colours()).synopsis(7);
    }
    for (int i = 0; i < synopses.length; i++) {
      text.append(i == 0 ? "Usage: " : "       ").append(synopses[i]).append('\n');
    }
    return text.append("Try ").append(spec.qualifiedName()).append(" -? for help.\n").toString();
  }

  /// Everything about a command.
  static String help(CommandSpec spec) {
    return new CommandLine(spec).getUsageMessage(Ansi.OFF);
  }

  private static CommandLine.Help.ColorScheme colours() {
    return CommandLine.Help.defaultColorScheme(Ansi.OFF);
  }
}
