package bespoke.cli.shell;

import bespoke.api.ConstructRecord;
import bespoke.api.DescriptionRecord;
import bespoke.api.ImportedRecord;
import bespoke.api.PlanStepRecord;
import bespoke.api.ProblemRecord;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import bespoke.cli.client.Replies;
import java.util.ArrayList;
import java.util.List;

/// The report of an import, whatever the formats: what is exact, approximated and dropped, a line
/// each, and the counts of every file.
final class ImportReport implements Replies {

  /// The exit statuses that tell how much survived; 0 means everything.
  static final int APPROXIMATED = 5;

  static final int DROPPED = 6;

  private final List<DescriptionRecord> files = new ArrayList<>();
  private final List<ConstructRecord> constructs = new ArrayList<>();
  private final List<ImportedRecord> imported = new ArrayList<>();
  private final List<ProblemRecord> problems = new ArrayList<>();
  private final List<PlanStepRecord> steps = new ArrayList<>();

  @Override
  public void line(String kind, JsonObject fields) {
    switch (kind) {
      case "description" -> files.add(DescriptionRecord.from(fields));
      case "construct" -> constructs.add(ConstructRecord.from(fields));
      case "imported" -> imported.add(ImportedRecord.from(fields));
      case "problem" -> problems.add(ProblemRecord.from(fields));
      case "step" -> steps.add(PlanStepRecord.from(fields));
      default -> {}
    }
  }

  /// How much survived, as an exit status.
  int fidelity() {
    if (files.stream().anyMatch(file -> file.dropped() > 0)) {
      return DROPPED;
    }
    return files.stream().anyMatch(file -> file.approximated() > 0) ? APPROXIMATED : 0;
  }

  /// Whether anything would change.
  boolean wouldChange() {
    return !steps.isEmpty()
        || imported.stream().anyMatch(entity -> !entity.effect().equals("unchanged"));
  }

  /// Prints the report; problems go to standard error.
  ///
  /// @param verbose with what is exact, and what became of every entity
  void print(ShellTerminal terminal, boolean verbose) {
    for (ProblemRecord problem : problems) {
      String warning = problem.severity().equals("warning") ? "warning: " : "";
      terminal.warn(warning + problem);
    }
    StringBuilder out = new StringBuilder();
    for (ConstructRecord construct : constructs) {
      if (verbose || !construct.fidelity().equals("exact")) {
        out.append(construct).append('\n');
      }
    }
    if (verbose) {
      imported.forEach(entity -> line(out, entity));
    }
    counts(out);
    terminal.print(out);
  }

  private static void line(StringBuilder out, ImportedRecord entity) {
    out.append(entity.fmri()).append(' ').append(entity.effect()).append('\n');
  }

  /// A line for each file of a foreign format, and one for all of them.
  private void counts(StringBuilder out) {
    List<DescriptionRecord> foreign =
        files.stream().filter(file -> !file.format().equals("yaml")).toList();
    for (DescriptionRecord file : foreign) {
      out.append(file.file())
          .append(" (")
          .append(file.format())
          .append("): ")
          .append(counts(List.of(file)))
          .append('\n');
    }
    if (foreign.size() > 1) {
      out.append(foreign.size()).append(" files: ").append(counts(foreign)).append('\n');
    }
  }

  private static String counts(List<DescriptionRecord> of) {
    int errors = of.stream().mapToInt(DescriptionRecord::errors).sum();
    int services = of.stream().mapToInt(DescriptionRecord::services).sum();
    String text =
        services
            + (services == 1 ? " service; " : " services; ")
            + of.stream().mapToInt(DescriptionRecord::exact).sum()
            + " exact, "
            + of.stream().mapToInt(DescriptionRecord::approximated).sum()
            + " approximated, "
            + of.stream().mapToInt(DescriptionRecord::dropped).sum()
            + " dropped";
    return errors == 0
        ? text
        : text + "; not imported: " + errors + (errors == 1 ? " error" : " errors");
  }

  /// Prints which entities would be other than they are.
  ///
  /// @param printed whether all of them were printed before
  void printChanged(ShellTerminal terminal, boolean printed) {
    StringBuilder out = new StringBuilder();
    for (ImportedRecord entity : imported) {
      if (!printed && !entity.effect().equals("unchanged")) {
        line(out, entity);
      }
    }
    terminal.print(out);
  }

  /// The report as one JSON document, with the schema `svccfg-import`.
  String json() {
    JsonWriter out = JsonWriter.complete().beginObject();
    out.objects("files", files);
    out.objects("constructs", constructs);
    out.objects("imported", imported);
    out.objects("problems", problems);
    out.objects("steps", steps);
    return out.endObject() + "\n";
  }
}
