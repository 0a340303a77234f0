package bespoke.cli;

import java.util.Locale;

/// Manual pages in the man(7) format.
final class ManualPage {

  /// What is the same for all commands that talk to the daemon.
  private static final String END =
      """
      .SH OPERANDS
      An instance or service is named by its FMRI (svc:/site/web:default), by an abbreviation
      (web, site/web, web:default) or by a glob (site/*).
      .SH ENVIRONMENT
      .TP
      .B BESPOKE_ROOT
      the root directory of the daemon, unless --root names one
      .TP
      .B NO_COLOR
      no colour, even on a terminal
      .SH EXIT STATUS
      0 done; 1 failed; 2 wrong usage; 3 and 4 with svcadm -s: the instance went to maintenance,
      or its dependencies are not satisfied; 111 the daemon does not answer.
      """;

  private ManualPage() {}

  /// The section: 1 for what only reads, 8 for what changes the system.
  static String section(String name) {
    return switch (name) {
      case "svcadm", "svccfg" -> "8";
      default -> "1";
    };
  }

  /// The page.
  static String of(CommandOutline command) {
    String name = command.name();
    StringBuilder out = new StringBuilder();
    out.append(".TH ").append(name.toUpperCase(Locale.ROOT)).append(' ');
    out.append(section(name)).append(" \"\" bespoke\n");
    out.append(".SH NAME\n").append(name).append(" \\- ").append(text(command.description()));
    out.append("\n.SH SYNOPSIS\n.nf\n");
    for (String synopsis : command.synopses()) {
      out.append(text(synopsis)).append('\n');
    }
    out.append(".fi\n.SH OPTIONS\n");
    options(out, command);
    if (!command.subcommands().isEmpty()) {
      out.append(".SH SUBCOMMANDS\n");
      for (CommandOutline sub : command.subcommands()) {
        out.append(".SS ").append(text(sub.name())).append('\n');
        out.append(text(sub.description())).append('\n');
        options(out, sub);
      }
    }
    return out.append(command.statuses().isEmpty() ? END : statuses(command)).toString();
  }

  private static String statuses(CommandOutline command) {
    StringBuilder out = new StringBuilder(".SH EXIT STATUS\n");
    command
        .statuses()
        .forEach((status, meaning) ->
            out.append(".TP\n.B ")
                .append(text(status))
                .append('\n')
                .append(text(meaning))
                .append('\n'));
    return out.toString();
  }

  private static void options(StringBuilder out, CommandOutline command) {
    for (CommandOutline.Option option : command.options()) {
      out.append(".TP\n.B ").append(text(String.join(", ", option.names())));
      out.append(option.label().isEmpty() ? "" : " " + text(option.label())).append('\n');
      out.append(text(option.description())).append('\n');
    }
  }

  /// Escapes what man(7) would take as a command.
  private static String text(String plain) {
    String escaped = plain.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
