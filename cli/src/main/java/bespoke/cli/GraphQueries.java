package bespoke.cli;

import bespoke.api.CriticalStepRecord;
import bespoke.api.EdgeRecord;
import bespoke.api.FindingRecord;
import bespoke.api.GraphRequest;
import bespoke.api.ImpactRecord;
import bespoke.api.PathRecord;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.cli.client.DaemonUnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The questions of `svcgraph`.
final class GraphQueries {

  private final Session session;
  private final boolean json;

  GraphQueries(Session session, boolean json) {
    this.session = session;
    this.json = json;
  }

  int run(String name, List<String> operands) throws DaemonUnreachableException {
    return switch (name) {
      case "path" -> path(only(operands, 2, name));
      case "cycles" -> cycles();
      case "critical-path" ->
          ask(
              new GraphRequest.CriticalPath(),
              "critical",
              "steps",
              CriticalStepRecord::from,
              GraphQueries::step);
      default -> check(operands);
    };
  }

  private static List<String> only(List<String> operands, int count, String name) {
    if (operands.size() != count) {
      throw new UsageException(
          name + " needs " + (count == 1 ? "one instance" : count + " instances"));
    }
    return operands;
  }

  /// @param occurrence what happens to the instance, or empty
  int impact(List<String> operands, String occurrence) throws DaemonUnreachableException {
    return ask(
        new GraphRequest.Impact(only(operands, 1, "impact").getFirst(), occurrence),
        "impact",
        "impacts",
        ImpactRecord::from,
        impact -> padded(impact.effect()) + impact.fmri() + "  " + impact.why());
  }

  private int path(List<String> operands) throws DaemonUnreachableException {
    Request request = new GraphRequest.FindPath(operands.getFirst(), operands.getLast());
    Session.Answer answer = session.collect(request, "path");
    print(answer, "paths", PathRecord::from, GraphQueries::way);
    int status = session.finish(answer.outcome());
    if (status == 0 && answer.lines().isEmpty()) {
      session.error(operands.getFirst() + " does not depend on " + operands.getLast());
      return ExitStatus.FAILED;
    }
    return status;
  }

  private int cycles() throws DaemonUnreachableException {
    Session.Answer answer = session.collect(new GraphRequest.Cycles(), "path");
    print(answer, "cycles", PathRecord::from, GraphQueries::way);
    int status = session.finish(answer.outcome());
    return status == 0 && !answer.lines().isEmpty() ? ExitStatus.FAILED : status;
  }

  private int check(List<String> operands) throws DaemonUnreachableException {
    Session.Answer answer = session.collect(new GraphRequest.Check(operands), "finding");
    print(answer, "findings", FindingRecord::from, GraphQueries::finding);
    int status = session.finish(answer.outcome());
    for (JsonObject line : answer.lines()) {
      if (FindingRecord.from(line).severity().equals("error")) {
        return ExitStatus.FAILED;
      }
    }
    return status;
  }

  private <T extends JsonWritable> int ask(
      Request request,
      String kind,
      String document,
      Function<JsonObject, T> reader,
      Function<T, String> text)
      throws DaemonUnreachableException {
    Session.Answer answer = session.collect(request, kind);
    print(answer, document, reader, text);
    return session.finish(answer.outcome());
  }

  private <T extends JsonWritable> void print(
      Session.Answer answer,
      String document,
      Function<JsonObject, T> reader,
      Function<T, String> text) {
    List<T> records = new ArrayList<>();
    for (JsonObject line : answer.lines()) {
      records.add(reader.apply(line));
    }
    if (json) {
      session.print(JsonDocuments.of(document, records));
      return;
    }
    for (T record : records) {
      session.print(text.apply(record) + "\n");
    }
  }

  private static String way(PathRecord path) {
    StringBuilder out = new StringBuilder();
    for (EdgeRecord edge : path.edges()) {
      if (out.isEmpty()) {
        out.append(edge.from());
      }
      out.append("\n  -> ").append(edge.to()).append("  ").append(edge.grouping());
      if (!edge.dependency().isEmpty()) {
        out.append('/').append(edge.restartOn()).append(" \"").append(edge.dependency());
        out.append('"');
      }
      out.append(edge.origin().isEmpty() ? "" : " at " + edge.origin());
    }
    return out.toString();
  }

  private static String finding(FindingRecord finding) {
    String place = finding.origin().isEmpty() ? "" : finding.origin() + ": ";
    String whom = finding.fmri().isEmpty() ? "" : finding.fmri() + ": ";
    return place
        + finding.severity()
        + ": "
        + whom
        + finding.message()
        + " ["
        + finding.rule()
        + "]";
  }

  private static String step(CriticalStepRecord step) {
    return right(step.startMillis())
        + " ms  +"
        + right(step.durationMillis())
        + " ms  saves "
        + right(step.savedMillis())
        + " ms  "
        + step.fmri();
  }

  private static String padded(String word) {
    return word + " ".repeat(Math.max(1, 10 - word.length()));
  }

  private static String right(long number) {
    String text = String.valueOf(number);
    return " ".repeat(Math.max(0, 7 - text.length())) + text;
  }
}
