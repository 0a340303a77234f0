package bespoke.manifest.systemd;

import bespoke.manifest.systemd.Commands.Command;
import bespoke.model.StartdOptions.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `$MAINPID` is: the start method itself, or what a forking daemon writes into its
/// `PIDFile=`.
///
/// @param word of a shell command
/// @param prelude the line that sets it, or empty
/// @param isKnown whether there is any
record MainProcess(String word, String prelude, boolean isKnown) {

  private static final Pattern KILL =
      Pattern.compile(
          "-?(/usr)?/bin/kill\\s+(-s\\s+|-)(SIG)?([A-Z0-9]+)\\s+\"?\\$\\{?MAINPID\\}?\"?");

  static MainProcess of(Unit unit, Style style, Report report) {
    Optional<Assignment> pidFile = unit.last("Service", "PIDFile");
    Optional<String> path =
        pidFile
            .flatMap(it -> unit.specifiers().expand(it.value()))
            .map(it -> it.startsWith("/") ? it : "/run/" + it);
    pidFile.ifPresent(it ->
        report.approximated(
            it, "says what $MAINPID is; all processes are watched, not that one alone"));
    if (style == Style.CHILD) {
      return new MainProcess("%{restarter/start_pid}", "", true);
    }
    return path.map(it ->
            new MainProcess(
                "\"$MAINPID\"", "MAINPID=$(cat " + ShellText.quoted(it) + ") || exit", true))
        .orElse(new MainProcess("\"$MAINPID\"", "MAINPID=", false));
  }

  /// The one signal that all commands send to the main process, if they do nothing else.
  static Optional<String> signal(List<Assignment> commands) {
    Matcher kill = KILL.matcher(commands.size() == 1 ? commands.getFirst().value() : "");
    return kill.matches() ? Optional.of(kill.group(4)) : Optional.empty();
  }

  /// Commands one after the other, until one fails.
  String script(Commands commands, List<Command> steps) {
    List<String> lines = new ArrayList<>();
    if (commands.splitsVariables()) {
      lines.add("set -f");
    }
    if (commands.usesMainPid() && !prelude.isEmpty()) {
      lines.add(prelude);
    }
    if (lines.isEmpty() && steps.size() == 1 && !steps.getFirst().ignoresFailure()) {
      return steps.getFirst().text();
    }
    steps.forEach(step -> lines.add(step.step()));
    return String.join("\n", lines);
  }
}
