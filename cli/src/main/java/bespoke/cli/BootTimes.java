package bespoke.cli;

import bespoke.api.BootStartRecord;
import bespoke.api.GraphRequest;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ParseResult;

/// `svcgraph timeline`, and `svcgraph critical-path` of a predicted boot.
final class BootTimes {
  private static final List<String> FORMATS = List.of("text", "svg", "json");
  private static final int HINTS_MAX = 3;

  private final Session session;
  private final boolean predicted;
  private final int cores;
  private final List<String> takes;
  private final String format;

  BootTimes(Session session, ParseResult arguments) {
    this.session = session;
    this.predicted = isPredicted(arguments);
    this.cores = cores(arguments);
    this.takes = Models.values(arguments, "--takes");
    this.format =
        arguments.hasMatchedOption("--json")
            ? "json"
            : (arguments.commandSpec().findOption("--format") == null
                    ? "text"
                    : arguments.matchedOptionValue("--format", "text"))
                .toLowerCase(Locale.ROOT);
    if (!FORMATS.contains(format)) {
      throw new UsageException(
          "unknown format \"" + format + "\"; it is one of " + String.join(", ", FORMATS));
    }
  }

  /// Whether the next boot is asked for; what only makes sense for that says so, too.
  static boolean isPredicted(ParseResult arguments) {
    return arguments.hasMatchedOption("--predict")
        || arguments.hasMatchedOption("--cores")
        || arguments.hasMatchedOption("--takes");
  }

  private static int cores(ParseResult arguments) {
    String text = Models.value(arguments, "--cores");
    if (text.isEmpty()) {
      return 0;
    }
    try {
      int cores = Integer.parseInt(text);
      if (cores >= 1 && cores <= GraphRequest.Timeline.CORES_MAX) {
        return cores;
      }
    } catch (NumberFormatException e) {
      // As wrong as one that is out of range.
    }
    throw new UsageException(
        "--cores needs a number from 1 to "
            + GraphRequest.Timeline.CORES_MAX
            + ", not \""
            + text
            + "\"");
  }

  int run(String name) throws DaemonUnreachableException {
    Session.Answer answer =
        session.collect(new GraphRequest.Timeline(predicted, cores, takes), "bootstart");
    List<BootStartRecord> starts = new ArrayList<>();
    for (JsonObject line : answer.lines()) {
      starts.add(BootStartRecord.from(line));
    }
    boolean isPath = name.equals("critical-path");
    List<BootStartRecord> shown =
        isPath ? starts.stream().filter(BootStartRecord::critical).toList() : starts;
    if (answer.outcome().isOk() && format.equals("json")) {
      session.print(JsonDocuments.of("starts", shown));
    } else if (!shown.isEmpty() && format.equals("svg")) {
      session.print(Timeline.svg(shown, title()));
    } else if (!shown.isEmpty()) {
      session.print(isPath ? path(starts, shown) : Timeline.text(shown));
    }
    return session.finish(answer.outcome());
  }

  private String title() {
    String boot = predicted ? "the next boot, predicted" : "the last boot";
    return cores == 0 ? boot : boot + " on " + cores + (cores == 1 ? " core" : " cores");
  }

  private static String path(List<BootStartRecord> starts, List<BootStartRecord> steps) {
    StringBuilder out = new StringBuilder();
    long total = Timeline.totalMillis(starts);
    long guessed = starts.stream().filter(it -> !it.learned()).count();
    out.append("The next boot is predicted to take ").append(total).append(" ms.\n");
    if (guessed > 0) {
      out.append(guessed == 1 ? "1 service was" : guessed + " services were");
      out.append(" never seen to start; a second is assumed for each.\n");
    }
    for (BootStartRecord step : steps) {
      out.append(
          String.format(
              Locale.ROOT,
              "%7d ms  +%7d ms ±%5d ms  saves %7d ms  %s%n",
              step.startMillis(),
              step.durationMillis(),
              step.spreadMillis(),
              step.savedMillis(),
              step.fmri()));
    }
    return out.append(hints(steps, total)).toString();
  }

  /// The few services whose start is worth shortening.
  private static String hints(List<BootStartRecord> steps, long total) {
    StringBuilder out = new StringBuilder();
    steps.stream()
        .filter(step -> step.savedMillis() > 0)
        .sorted(Comparator.comparingLong(BootStartRecord::savedMillis).reversed())
        .limit(HINTS_MAX)
        .forEach(step -> {
          out.append(out.isEmpty() ? "Shorten first: " : ", ");
          out.append(step.fmri()).append(" (at most ");
          out.append(100 * step.savedMillis() / Math.max(1, total)).append(" %)");
        });
    return out.isEmpty() ? "" : out + ".\n";
  }
}
