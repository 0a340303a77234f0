package bespoke.manifest.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The commands of a unit's `Exec…=` as lines of a shell, with their user where lines differ.
final class Commands {

  private final Unit unit;
  private final Report report;
  private final Account account;
  private final boolean changesUser;
  private final ShellText text;

  /// @param changesUser whether methods run as root and change to the account by themselves
  /// @param mainPid what stands for `$MAINPID`
  Commands(Unit unit, Report report, Account account, boolean changesUser, String mainPid) {
    this.unit = unit;
    this.report = report;
    this.account = account;
    this.changesUser = changesUser;
    this.text = new ShellText(unit.specifiers(), mainPid);
  }

  /// Whether any line of a unit is marked to run with full privileges.
  static boolean hasPrivileged(Unit unit) {
    return unit.assignments().stream()
        .filter(assignment -> assignment.key().startsWith("Exec"))
        .flatMap(assignment -> ExecLine.parse(assignment).orElse(List.of()).stream())
        .anyMatch(ExecLine::isPrivileged);
  }

  /// A command and whether its failure counts.
  ///
  /// @param text ready for a line of a script
  record Command(String text, boolean ignoresFailure, Assignment assignment) {
    /// As a step of a script, which ends when it fails.
    String step() {
      return ignoresFailure ? text + " || :" : text + " || exit";
    }
  }

  /// The commands of a directive, which are noted as exact unless something of them is lost.
  List<Command> of(String key) {
    List<Command> commands = new ArrayList<>();
    for (Assignment assignment : unit.all("Service", key)) {
      Optional<List<ExecLine>> lines = ExecLine.parse(assignment);
      if (lines.isEmpty()) {
        report.problem(
            assignment.at(),
            "cannot read the command of " + key + "=",
            "close its quotes, and name a program");
        report.dropped(assignment, "it cannot be read");
        continue;
      }
      for (ExecLine line : lines.get()) {
        String prefix = changesUser && !line.isPrivileged() ? account.prefix() : "";
        commands.add(new Command(prefix + text.command(line), line.ignoresFailure(), assignment));
        if (line.hasName()) {
          report.approximated(assignment, "the process has the name of its program");
        }
      }
      report.exact(assignment, "");
    }
    return commands;
  }

  boolean splitsVariables() {
    return text.splitsVariables();
  }

  boolean usesMainPid() {
    return text.usesMainPid();
  }
}
