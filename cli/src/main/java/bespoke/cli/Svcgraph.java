package bespoke.cli;

import bespoke.api.EdgeRecord;
import bespoke.api.GraphRequest;
import bespoke.api.Outcome;
import bespoke.api.VertexRecord;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.Drawing;
import bespoke.cli.render.GraphFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `svcgraph`: the dependency graph, drawn and questioned.
final class Svcgraph implements Command {

  private static final List<String> SUBCOMMANDS =
      List.of(
          "export",
          "impact",
          "what-if",
          "path",
          "cycles",
          "critical-path",
          "timeline",
          "check",
          "simulate");

  @Override
  public String name() {
    return "svcgraph";
  }

  @Override
  public List<String> subcommands() {
    return SUBCOMMANDS;
  }

  @Override
  public CommandSpec model(@Nullable String subcommand) {
    CommandSpec spec = Models.command("svcgraph", "Draws and questions the dependency graph.");
    spec.usageMessage()
        .customSynopsis(
            "svcgraph export [--format format] [--states] [--reduce] [operand...]",
            "svcgraph impact [--when occurrence] operand",
            "svcgraph what-if supposition...",
            "svcgraph path operand operand",
            "svcgraph cycles",
            "svcgraph critical-path [--predict] [--cores N] [--takes FMRI=MS]...",
            "svcgraph timeline [--predict] [--cores N] [--takes FMRI=MS]... [--format"
                + " {text|svg|json}]",
            "svcgraph check [operand...]",
            "svcgraph simulate --manifests path... --scenario file... [--seed N] [--runs N] [-v]"
                + " [--json]");
    for (String name : SUBCOMMANDS) {
      if (subcommand == null || subcommand.equals(name)) {
        spec.addSubcommand(name, subcommandModel(name));
      }
    }
    return spec;
  }

  private static CommandSpec subcommandModel(String name) {
    CommandSpec spec = Models.command(name, description(name));
    if (name.equals("simulate")) {
      return simulateModel(spec);
    }
    if (name.equals("export")) {
      spec.addOption(
          Models.value("--format", "format", "dot, graphml, gexf, json, mermaid or svg"));
      spec.addOption(Models.flag("--states", "show the states"));
      spec.addOption(Models.flag("--reduce", "leave out what other edges imply"));
    } else {
      spec.addOption(Models.flag("--json", "one JSON document"));
    }
    if (name.equals("critical-path") || name.equals("timeline")) {
      spec.addOption(Models.flag("--predict", "of the next boot, from what starts took so far"));
      spec.addOption(Models.value("--cores", "N", "predict that all starts share so many cores"));
      spec.addOption(
          Models.values("--takes", "FMRI=MS", "predict with a start that takes so many ms"));
    }
    if (name.equals("impact")) {
      spec.addOption(
          Models.value(
              "--when", "occurrence", "disabled, failed, crashed, restarted or refreshed"));
    }
    if (name.equals("timeline")) {
      spec.addOption(Models.value("--format", "format", "text, svg or json"));
    }
    if (name.equals("what-if")) {
      spec.addPositional(
          Models.operands(
              "supposition",
              "such as 'X fails', 'X dies', 'X disabled', 'X enabled', 'X restarts', 'X takes 2s"
                  + " less', 'file F vanishes', 'file F appears', 'edge A->B removed'"));
    } else if (!name.equals("cycles")
        && !name.equals("critical-path")
        && !name.equals("timeline")) {
      spec.addPositional(Models.operands(Models.OPERANDS, "an FMRI, an abbreviation or a glob"));
    }
    return spec;
  }

  private static CommandSpec simulateModel(CommandSpec spec) {
    spec.addOption(Models.value("--manifests", "path", "files or directories with services"));
    spec.addOption(Models.value("--scenario", "file", "files with scenarios"));
    spec.addOption(Models.value("--seed", "N", "begin chance here, not where the scenario says"));
    spec.addOption(Models.value("--runs", "N", "run each so often, each time with the next seed"));
    spec.addOption(Models.flag("-v", "tell what holds, too"));
    spec.addOption(Models.flag("--json", "one JSON document"));
    spec.addOption(Models.flag("--schema", "print the JSON Schema of scenarios"));
    return spec;
  }

  private static String description(String name) {
    return switch (name) {
      case "export" -> "Writes the graph in a format that other programs draw.";
      case "impact" -> "Tells what stops, restarts or stays if something happens to an instance.";
      case "what-if" -> "Tells exactly what would follow if something happened now.";
      case "path" -> "Tells how one instance depends on another.";
      case "cycles" -> "Names every dependency cycle, edge by edge.";
      case "critical-path" -> "Tells what the last boot waited for, or the next one will.";
      case "timeline" -> "Shows when each service started in the last boot, or will in the next.";
      case "simulate" -> "Runs scenarios over manifests, without a machine and without a daemon.";
      default -> "Looks for faults in the graph.";
    };
  }

  @Override
  public int run(ParseResult arguments, Session session) throws DaemonUnreachableException {
    if (!arguments.hasSubcommand()) {
      throw new UsageException("a subcommand is missing");
    }
    ParseResult sub = arguments.subcommand();
    String name = sub.commandSpec().name();
    if (name.equals("simulate")) { // the launcher runs it, since it needs no daemon but the engine
      throw new UsageException("simulate must be the first argument");
    }
    if (name.equals("export")) {
      return export(sub, session);
    }
    if (name.equals("timeline") || name.equals("critical-path") && BootTimes.isPredicted(sub)) {
      return new BootTimes(session, sub).run(name);
    }
    if (name.equals("what-if")) {
      return new WhatIfCommand(session, sub.hasMatchedOption("--json")).run(Models.operands(sub));
    }
    if (name.equals("impact")) {
      return new GraphQueries(session, sub.hasMatchedOption("--json"))
          .impact(Models.operands(sub), Models.value(sub, "--when"));
    }
    return new GraphQueries(session, sub.hasMatchedOption("--json"))
        .run(
            name,
            sub.commandSpec().positionalParameters().isEmpty() ? List.of() : Models.operands(sub));
  }

  private static int export(ParseResult sub, Session session) throws DaemonUnreachableException {
    String name = sub.matchedOptionValue("--format", "dot").toLowerCase(Locale.ROOT);
    GraphFormat format = GraphFormat.named(name);
    if (format == null) {
      List<String> names = new ArrayList<>();
      Arrays.asList(GraphFormat.values()).forEach(f -> names.add(f.toString()));
      String nearest = Nearest.to(name, names);
      throw new UsageException(
          "unknown format \""
              + name
              + "\"; it is one of "
              + String.join(", ", names)
              + (nearest.isEmpty() ? "" : ".  Did you mean " + nearest + "?"));
    }
    List<VertexRecord> vertices = new ArrayList<>();
    List<EdgeRecord> edges = new ArrayList<>();
    Outcome outcome =
        session.call(
            new GraphRequest.Graph(Models.operands(sub)),
            (kind, fields) -> collect(kind, fields, vertices, edges));
    Drawing drawing = Drawing.of(vertices, edges);
    if (sub.hasMatchedOption("--reduce")) {
      if (drawing.isCyclic()) {
        session.error("the graph has cycles, so it is not reduced; see svcgraph cycles");
      } else {
        drawing = drawing.reduced();
      }
    }
    if (outcome.isOk() && outcome.unmatched().isEmpty()) {
      session.print(format.write(drawing, sub.hasMatchedOption("--states")));
    }
    int status = session.finish(outcome);
    Suggestions.print(session, outcome.unmatched());
    return status;
  }

  private static void collect(
      String kind, JsonObject fields, List<VertexRecord> vertices, List<EdgeRecord> edges) {
    if (kind.equals("vertex")) {
      vertices.add(VertexRecord.from(fields));
    } else if (kind.equals("edge")) {
      edges.add(EdgeRecord.from(fields));
    }
  }
}
