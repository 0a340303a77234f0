package bespoke.cli;

import bespoke.api.InstanceRequest;
import bespoke.api.Outcome;
import bespoke.cli.client.DaemonUnreachableException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `svcs`: which services there are and how they are (smf.md 8.1 and 8.2).
final class Svcs implements Command {

  /// The options that change what `svcs` does; at most one of them.
  private static final String MODES = "dDlLnxtw";

  private final SortKeys sortKeys = new SortKeys();

  @Override
  public String name() {
    return "svcs";
  }

  @Override
  public CommandSpec model(@Nullable String subcommand) {
    CommandSpec spec =
        Models.command("svcs", "Lists services and their states, and explains why one is not up.");
    spec.usageMessage()
        .customSynopsis(
            "svcs [-aHpv] [-o col[,col]...] [-R restarter]... [-sS col]... [operand...]",
            "svcs {-d|-D} [-Hpv] [-o col[,col]...] operand...",
            "svcs -l [-vp] operand...",
            "svcs {-L|-n|-t|-w} [operand...]",
            "svcs -x [-v] [operand...]",
            "svcs --at time [-aH] [-o col[,col]...] [-sS col]... [operand...]",
            "svcs why operand",
            "svcs history [--since time] [operand...]");
    spec.addOption(Models.flag("-a", "all instances, disabled ones too"));
    spec.addOption(Models.flag("-d", "what the operands depend on"));
    spec.addOption(Models.flag("-D", "what depends on the operands"));
    spec.addOption(Models.flag("-H", "no header"));
    spec.addOption(Models.flag("-l", "everything about each operand"));
    spec.addOption(Models.flag("-L", "the path of each log file"));
    spec.addOption(Models.flag("-n", "notification parameters (there are none)"));
    spec.addOption(Models.value("-o", "col[,col]", "the columns: " + COLUMNS));
    spec.addOption(Models.flag("-p", "the processes of each instance"));
    spec.addOption(Models.values("-R", "restarter", "only instances of this restarter"));
    spec.addOption(sortKeys.option("-s", "sort by this column"));
    spec.addOption(sortKeys.option("-S", "sort by this column, descending"));
    spec.addOption(Models.flag("-t", "--tree", "as a tree of dependencies"));
    spec.addOption(Models.flag("-v", "more columns, longer explanations"));
    spec.addOption(Models.flag("-w", "--watch", "keep showing changes"));
    spec.addOption(Models.flag("-x", "explain what does not run and why"));
    spec.addOption(Models.flag("-Z", "all zones (there is one)"));
    spec.addOption(Models.value("-z", "zone", "a zone (there is one, global)"));
    spec.addOption(Models.value("--at", "time", "how it was then: " + Moment.FORMS));
    spec.addOption(Models.value("--since", "time", "history: only what happened since then"));
    spec.addOption(Models.flag("--json", "one JSON document instead of a table"));
    spec.addPositional(
        Models.operands(Models.OPERANDS, "an FMRI, an abbreviation or a glob; see smf(7)"));
    return spec;
  }

  private static final String COLUMNS =
      "CTID DESC FMRI INST N NSTA NSTATE S SCOPE SN SVC STA STATE STIME ZONE";

  @Override
  public int run(ParseResult arguments, Session session) throws DaemonUnreachableException {
    List<String> operands = Models.operands(arguments);
    if (!operands.isEmpty() && SvcsHistory.isSubcommand(operands.getFirst())) {
      refuse(arguments, "--at", operands.getFirst());
      return new SvcsHistory(session)
          .run(operands, Models.value(arguments, "--since"), arguments.hasMatchedOption("--json"));
    }
    if (arguments.hasMatchedOption("--since")) {
      throw new UsageException("--since belongs to svcs history");
    }
    char mode = mode(arguments);
    check(arguments, mode, operands);
    String zone = Models.value(arguments, "-z");
    if (!zone.isEmpty() && !zone.equals("global")) {
      session.error("could not connect to repository: zone \"" + zone + "\" does not exist");
      return ExitStatus.FAILED;
    }
    return switch (mode) {
      case 'x' -> new SvcsExplain(session).run(arguments, operands);
      case 'l', 'L' -> new SvcsDetails(session).run(arguments, operands, mode);
      case 't' -> new SvcsTree(session).run(operands);
      case 'w' -> new SvcsWatch(session).run(operands);
      case 'n' -> session.finish(list(session, operands));
      default -> new SvcsListing(session, sortKeys).run(arguments, operands, mode);
    };
  }

  /// Notifications are not part of bespoke yet: the operands are checked, nothing is printed.
  private static Outcome list(Session session, List<String> operands)
      throws DaemonUnreachableException {
    return session
        .collect(new InstanceRequest.ListInstances(operands, false, false, false), "none")
        .outcome();
  }

  private static char mode(ParseResult arguments) {
    char mode = 0;
    for (int i = 0; i < MODES.length(); i++) {
      if (arguments.hasMatchedOption("-" + MODES.charAt(i))) {
        if (mode != 0) {
          throw new UsageException("-" + mode + " and -" + MODES.charAt(i) + " exclude each other");
        }
        mode = MODES.charAt(i);
      }
    }
    return mode;
  }

  private void check(ParseResult arguments, char mode, List<String> operands) {
    if (mode != 0) {
      refuse(arguments, "-a", mode);
      refuse(arguments, "-R", mode);
      refuse(arguments, "-s", mode);
      refuse(arguments, "-S", mode);
    }
    if (mode != 0) {
      refuse(arguments, "--at", mode);
    }
    if (arguments.hasMatchedOption("--at")) {
      refuse(arguments, "-p", "--at");
      refuse(arguments, "-R", "--at");
    }
    if (mode == 'l' || mode == 'x') {
      refuse(arguments, "-H", mode);
      refuse(arguments, "-o", mode);
    }
    if (mode == 'x') {
      refuse(arguments, "-p", mode);
    }
    if (operands.isEmpty() && (mode == 'd' || mode == 'D' || mode == 'l')) {
      throw new UsageException("-" + mode + " needs an operand");
    }
    if (arguments.hasMatchedOption("-Z") && arguments.hasMatchedOption("-z")) {
      throw new UsageException("-z and -Z exclude each other");
    }
  }

  private static void refuse(ParseResult arguments, String option, char mode) {
    refuse(arguments, option, "-" + mode);
  }

  private static void refuse(ParseResult arguments, String option, String other) {
    if (arguments.hasMatchedOption(option)) {
      throw new UsageException(option + " cannot be used with " + other);
    }
  }
}
