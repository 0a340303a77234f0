package bespoke.cli;

import java.util.ArrayList;
import java.util.List;

/// Completion scripts: options, subcommands and the FMRIs that the daemon knows now.
final class Completion {

  private static final String LIST_FMRIS = "svcs -aHo fmri 2>/dev/null";

  private Completion() {}

  /// For bash(1); works with and without the bash-completion package.
  static String bash(CommandOutline command) {
    String function = "_bespoke_" + identifier(command.name());
    StringBuilder out = new StringBuilder("# bash completion of " + command.name() + "\n");
    out.append(function).append("() {\n");
    out.append("  local cur=${COMP_WORDS[COMP_CWORD]} words= operands= sub= word\n");
    out.append("  if declare -F _get_comp_words_by_ref >/dev/null; then\n");
    out.append("    _get_comp_words_by_ref -n : cur\n  fi\n");
    out.append("  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n");
    out.append("    case $word in\n");
    if (!command.subcommands().isEmpty()) {
      out.append("      ").append(String.join(" | ", subcommandNames(command)));
      out.append(") sub=$word ;;\n");
    }
    out.append("      *) ;;\n    esac\n  done\n  case $sub in\n");
    for (CommandOutline sub : command.subcommands()) {
      out.append("    ").append(sub.name()).append(") ").append(bashWords(sub)).append(" ;;\n");
    }
    out.append("    *) ").append(bashWords(command)).append(" ;;\n  esac\n");
    out.append("  [ -n \"$operands\" ] && [ \"${cur#-}\" = \"$cur\" ] &&");
    out.append(" words=\"$words $(").append(LIST_FMRIS).append(")\"\n");
    out.append("  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n");
    out.append("  declare -F __ltrim_colon_completions >/dev/null &&");
    out.append(" __ltrim_colon_completions \"$cur\"\n  return 0\n}\n");
    return out.append("complete -F " + function + " " + command.name() + "\n").toString();
  }

  private static String bashWords(CommandOutline command) {
    List<String> words = new ArrayList<>(subcommandNames(command));
    for (CommandOutline.Option option : command.options()) {
      words.addAll(option.names());
    }
    return "words='"
        + String.join(" ", words)
        + "' operands="
        + (command.takesInstances() ? "yes" : "");
  }

  /// For zsh(1).
  static String zsh(CommandOutline command) {
    StringBuilder out = new StringBuilder("#compdef " + command.name() + "\n");
    out.append("local -a fmris\n");
    out.append("_bespoke_fmris() { fmris=(${(f)\"$(").append(LIST_FMRIS).append(")\"}); ");
    out.append("compadd -a fmris }\n");
    if (command.subcommands().isEmpty()) {
      return out.append("_arguments").append(zshArguments(command)).append('\n').toString();
    }
    out.append("local word sub=\n");
    out.append("for word in ${words[2,CURRENT-1]}; do\n  case $word in\n    (");
    out.append(String.join("|", subcommandNames(command))).append(") sub=$word ;;\n  esac\ndone\n");
    out.append("case $sub in\n");
    for (CommandOutline sub : command.subcommands()) {
      out.append("  ").append(sub.name()).append(") _arguments");
      out.append(zshArguments(sub)).append(" ;;\n");
    }
    out.append("  *) _arguments").append(zshArguments(command));
    out.append(" '*:subcommand:(").append(String.join(" ", subcommandNames(command)));
    return out.append(")' ;;\nesac\n").toString();
  }

  private static String zshArguments(CommandOutline command) {
    StringBuilder out = new StringBuilder();
    for (CommandOutline.Option option : command.options()) {
      for (String name : option.names()) {
        out.append(" '").append(name).append('[').append(quoted(option.description())).append(']');
        out.append(option.label().isEmpty() ? "" : ":" + quoted(option.label()) + ":");
        out.append('\'');
      }
    }
    return out.append(command.takesInstances() ? " '*:FMRI:_bespoke_fmris'" : "").toString();
  }

  /// For fish(1).
  static String fish(CommandOutline command) {
    StringBuilder out = new StringBuilder("# fish completion of " + command.name() + "\n");
    String all = String.join(" ", subcommandNames(command));
    String top = all.isEmpty() ? "" : " -n 'not __fish_seen_subcommand_from " + all + "'";
    fishOptions(out, command, command.name(), top);
    for (CommandOutline sub : command.subcommands()) {
      out.append("complete -c ").append(command.name()).append(" -f").append(top);
      out.append(" -a ").append(sub.name()).append(" -d '").append(quoted(sub.description()));
      out.append("'\n");
      fishOptions(out, sub, command.name(), " -n '__fish_seen_subcommand_from " + sub.name() + "'");
    }
    return out.toString();
  }

  private static void fishOptions(
      StringBuilder out, CommandOutline command, String name, String condition) {
    for (CommandOutline.Option option : command.options()) {
      out.append("complete -c ").append(name).append(condition);
      for (String optionName : option.names()) {
        out.append(optionName.startsWith("--") ? " -l " : " -s '");
        out.append(optionName.startsWith("--") ? optionName.substring(2) : optionName.charAt(1));
        out.append(optionName.startsWith("--") ? "" : "'");
      }
      out.append(option.label().isEmpty() ? "" : " -r");
      out.append(" -d '").append(quoted(option.description())).append("'\n");
    }
    if (command.takesInstances()) {
      out.append("complete -c ").append(name).append(" -f").append(condition);
      out.append(" -a '(").append(LIST_FMRIS.replace(" 2>/dev/null", "")).append(")'\n");
    }
  }

  private static List<String> subcommandNames(CommandOutline command) {
    List<String> names = new ArrayList<>();
    for (CommandOutline sub : command.subcommands()) {
      names.add(sub.name());
    }
    return names;
  }

  private static String identifier(String name) {
    return name.replace('.', '_').replace('-', '_');
  }

  /// What a single-quoted word of all three shells can hold.
  private static String quoted(String text) {
    return text.replace("'", "’").replace("[", "(").replace("]", ")").replace(":", " -");
  }
}
