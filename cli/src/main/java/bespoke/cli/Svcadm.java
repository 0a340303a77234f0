package bespoke.cli;

import bespoke.api.InstanceRequest;
import bespoke.api.Request;
import bespoke.cli.client.DaemonUnreachableException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `svcadm`: changes what services do (smf.md 8.3).
final class Svcadm implements Command {

  private static final List<String> SUBCOMMANDS =
      List.of(
          "enable",
          "disable",
          "restart",
          "refresh",
          "clear",
          "mark",
          "milestone",
          "report",
          "shutdown");

  @Override
  public String name() {
    return "svcadm";
  }

  @Override
  public List<String> subcommands() {
    return SUBCOMMANDS;
  }

  @Override
  public String valueOptions() {
    return "Sz";
  }

  @Override
  public CommandSpec model(@Nullable String subcommand) {
    CommandSpec spec = Models.command("svcadm", "Changes what services do.");
    spec.usageMessage()
        .customSynopsis(
            "svcadm [-S state] [-v] enable [-nrst] [operand...]",
            "svcadm [-S state] [-v] disable [-nst] [-c comment] [operand...]",
            "svcadm [-S state] [-v] restart [-dns] [operand...]",
            "svcadm [-S state] [-v] refresh [-ns] [operand...]",
            "svcadm [-S state] [-v] clear [-ns] [operand...]",
            "svcadm [-S state] [-v] mark [-Instv] {maintenance|degraded} [operand...]",
            "svcadm [-v] milestone [-dn] {all|none|milestone}",
            "svcadm report file",
            "svcadm [-v] shutdown [-n]",
            "svcadm --apply plan");
    spec.addOption(Models.flag("-v", "say what was requested"));
    spec.addOption(Models.value("-S", "state", "instead of operands: all instances in this state"));
    spec.addOption(Models.value("-z", "zone", "a zone (there is one, global)"));
    spec.addOption(Models.value("--apply", "plan", "do what -n showed, if it would still do that"));
    for (String name : SUBCOMMANDS) {
      if (subcommand == null || subcommand.equals(name)) {
        spec.addSubcommand(name, subcommandModel(name));
      }
    }
    return spec;
  }

  private static CommandSpec subcommandModel(String name) {
    CommandSpec spec = Models.command(name, description(name));
    if (name.equals("report")) {
      spec.addPositional(Models.operands("file", "where to write it; must not exist yet"));
      return spec;
    }
    Changing.addTo(spec);
    if (!name.equals("shutdown") && !name.equals("milestone")) {
      spec.addOption(Models.flag("-s", "wait until all have arrived"));
    }
    switch (name) {
      case "enable" -> {
        spec.addOption(Models.flag("-r", "what it depends on, too"));
        spec.addOption(Models.flag("-t", "until the next boot only"));
      }
      case "disable" -> {
        spec.addOption(Models.flag("-t", "until the next boot only"));
        spec.addOption(Models.value("-c", "comment", "why, for those who wonder"));
      }
      case "restart" -> spec.addOption(Models.flag("-d", "let the processes dump core first"));
      case "mark" -> {
        spec.addOption(Models.flag("-I", "at once, without running the stop method"));
        spec.addOption(Models.flag("-t", "until the next boot only"));
      }
      case "milestone" -> spec.addOption(Models.flag("-d", "also at the next boot"));
      default -> {}
    }
    if (!name.equals("shutdown")) {
      spec.addPositional(Models.operands(label(name), "what it is about; see smf(7)"));
    }
    return spec;
  }

  private static String label(String name) {
    return switch (name) {
      case "mark" -> "state operand";
      case "milestone" -> "milestone";
      default -> Models.OPERANDS;
    };
  }

  private static String description(String name) {
    return switch (name) {
      case "enable" -> "Lets instances run.";
      case "disable" -> "Stops instances and keeps them from running.";
      case "restart" -> "Stops and starts instances.";
      case "refresh" -> "Makes instances read their configuration again.";
      case "clear" -> "Tells that a fault is repaired.";
      case "mark" -> "Puts instances into maintenance or the degraded state.";
      case "milestone" -> "Lets only a milestone and what it needs run.";
      case "report" -> "Packs what somebody far away needs to help into a file, without secrets.";
      default -> "Stops everything in reverse order and ends the daemon.";
    };
  }

  @Override
  public int run(ParseResult arguments, Session session) throws DaemonUnreachableException {
    String plan = Models.value(arguments, "--apply");
    if (!plan.isEmpty() && !arguments.hasSubcommand()) {
      return session.finish(Changing.apply(session, plan, (k, f) -> {}));
    }
    if (!arguments.hasSubcommand()) {
      throw new UsageException("a subcommand is missing");
    }
    ParseResult sub = arguments.subcommand();
    String name = sub.commandSpec().name();
    boolean verbose = arguments.hasMatchedOption("-v");
    return switch (name) {
      case "milestone" -> milestone(sub, session);
      case "report" -> new SvcadmReport(session).run(Models.operands(sub));
      case "shutdown" -> {
        // all is named, so there is nothing to ask
        Changing changing =
            new Changing(session, sub.hasMatchedOption("-n"), true, sub.hasMatchedOption("--json"));
        yield session.finish(changing.call(new Request.Shutdown(), (k, f) -> {}));
      }
      default -> new SvcadmAction(session, verbose).run(arguments, sub, name);
    };
  }

  private static int milestone(ParseResult sub, Session session) throws DaemonUnreachableException {
    List<String> operands = Models.operands(sub);
    if (operands.size() != 1) {
      throw new UsageException("one milestone is needed");
    }
    Request request =
        new InstanceRequest.Milestone(operands.getFirst(), sub.hasMatchedOption("-d"));
    return session.finish(new Changing(session, sub).call(request, (k, f) -> {}));
  }
}
