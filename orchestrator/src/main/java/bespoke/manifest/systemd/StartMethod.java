package bespoke.manifest.systemd;

import bespoke.manifest.systemd.Commands.Command;
import bespoke.model.StartdOptions.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/// The text of a start method: one command where that is all, else a script.
final class StartMethod {

  private final Unit unit;
  private final Report report;
  private final Commands commands;
  private final MainProcess main;
  private final Style style;
  private final boolean isToldOtherwise;
  private final List<String> steps = new ArrayList<>();

  /// @param isToldOtherwise whether descriptor 3 is not for telling readiness
  StartMethod(
      Unit unit,
      Report report,
      Commands commands,
      MainProcess main,
      Style style,
      boolean isToldOtherwise) {
    this.unit = unit;
    this.report = report;
    this.commands = commands;
    this.main = main;
    this.style = style;
    this.isToldOtherwise = isToldOtherwise;
  }

  /// What comes before the main command.
  void prepare(Streams streams, Directories directories, Conditions conditions) {
    if (!streams.step().isEmpty()) {
      steps.add(streams.step());
    }
    steps.addAll(conditions.tests());
    String unmet = style == Style.TRANSIENT ? "exit 0" : "exit 101";
    for (Command command : commands.of("ExecCondition")) {
      steps.add(command.text() + " || { [ $? -ge 255 ] && exit 1; " + unmet + "; }");
    }
    steps.addAll(directories.steps());
    commands.of("ExecStartPre").forEach(command -> steps.add(command.step()));
  }

  /// Whether 101 is what the script says when a condition does not hold.
  boolean asksConditions() {
    return steps.stream().anyMatch(step -> step.contains("exit 101"));
  }

  /// Whether the script says on descriptor 3 when the main command is about to run.
  boolean tellsReadiness() {
    return style == Style.CHILD && !isToldOtherwise && !steps.isEmpty();
  }

  /// The whole text.
  String text() {
    List<Command> mains = commands.of("ExecStart");
    List<Command> post = commands.of("ExecStartPost");
    String scheduling = new Scheduling(unit, report).prefix();
    List<String> lines = new ArrayList<>();
    if (style == Style.CHILD) {
      child(mains, post, scheduling, lines);
    } else {
      mains.forEach(command -> lines.add(step(command, scheduling)));
      if (commands.usesMainPid() && !main.prelude().isEmpty()) {
        lines.add(main.prelude());
      }
      post.forEach(command -> lines.add(command.step()));
      if (style == Style.TRANSIENT && !unit.isOn("Service", "RemainAfterExit", false)) {
        commands.of("ExecStop").forEach(command -> lines.add(command.step()));
        commands.of("ExecStopPost").forEach(command -> lines.add(command.step()));
      }
    }
    List<String> all = new ArrayList<>(steps);
    if (commands.splitsVariables()) {
      all.addFirst("set -f");
    }
    all.addAll(lines);
    if (all.isEmpty()) {
      return ":true";
    }
    boolean isBare =
        all.size() == 1
            && mains.size() == 1
            && !mains.getFirst().ignoresFailure()
            && successes().isEmpty();
    return isBare ? scheduling + mains.getFirst().text() : String.join("\n", all);
  }

  private void child(
      List<Command> mains, List<Command> post, String scheduling, List<String> lines) {
    if (mains.size() > 1) {
      report.problem(
          mains.get(1).assignment().at(),
          "cannot start more than one main command",
          "reset the list by an empty ExecStart=, or set Type=oneshot");
    }
    String closing = tellsReadiness() ? " 3>&-" : "";
    if (tellsReadiness()) {
      lines.add("echo >&3");
    }
    if (!post.isEmpty()) {
      List<String> texts = post.stream().map(Command::text).toList();
      lines.add("( " + String.join(" && ", texts) + " )" + closing + " &");
      post.forEach(command ->
          report.approximated(command.assignment(), "runs beside the main command, and may fail"));
    }
    if (!mains.isEmpty()) {
      Command command = mains.getLast();
      if (command.ignoresFailure()) {
        report.approximated(command.assignment(), "a failure of its process is a failure");
      }
      boolean isAlone = lines.isEmpty() && steps.isEmpty() && !commands.splitsVariables();
      lines.add((isAlone ? "" : "exec ") + scheduling + command.text() + closing);
    }
  }

  private String step(Command command, String scheduling) {
    List<String> statuses = successes();
    return statuses.isEmpty() || command.ignoresFailure()
        ? scheduling + command.step()
        : scheduling
            + command.text()
            + " || case $? in "
            + String.join("|", statuses)
            + ") ;; *) exit 1 ;; esac";
  }

  /// Exit statuses that count as success, as a shell sees them.
  private List<String> successes() {
    if (style == Style.CHILD) {
      return List.of(); // startd knows them
    }
    TreeSet<String> statuses = new TreeSet<>();
    for (Assignment assignment : unit.all("Service", "SuccessExitStatus")) {
      for (String word : Words.texts(assignment.value())) {
        Signals.number(word)
            .map(number -> Integer.toString(128 + Objects.requireNonNull(number)))
            .or(() -> StatusMapping.status(word))
            .ifPresent(statuses::add);
      }
      report.exact(assignment, "");
    }
    return List.copyOf(statuses);
  }
}
