package bespoke.simulate;

import bespoke.api.CheckRecord;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// What the runs found, for people and for programs.
final class Report {
  private final List<ScenarioRun.Result> results;

  Report(List<ScenarioRun.Result> results) {
    this.results = List.copyOf(results);
  }

  boolean holds() {
    return results.stream().allMatch(ScenarioRun.Result::holds);
  }

  String json() {
    List<CheckRecord> records = new ArrayList<>();
    for (ScenarioRun.Result result : results) {
      for (Check check : result.checks()) {
        records.add(
            new CheckRecord(
                result.scenario().name(),
                result.seed(),
                check.place().file(),
                check.place().line(),
                check.place().column(),
                check.step(),
                check.holds(),
                check.expected(),
                check.got(),
                check.because()));
      }
    }
    return JsonWriter.complete().beginObject().objects("checks", records).endObject() + "\n";
  }

  /// @param verbose with what holds
  String text(boolean verbose) {
    StringBuilder out = new StringBuilder();
    int failed = 0;
    int all = 0;
    for (ScenarioRun.Result result : results) {
      List<Check> wrong = result.checks().stream().filter(check -> !check.holds()).toList();
      failed += wrong.size();
      all += result.checks().size();
      out.append(wrong.isEmpty() ? "ok    " : "FAIL  ").append(result.scenario().name());
      out.append(" (seed ").append(result.seed()).append(", ");
      out.append(result.checks().size()).append(" expectations, ");
      out.append(Chronicle.seconds(result.lasted())).append(" simulated)\n");
      for (Check check : verbose ? result.checks() : wrong) {
        check(out, check);
      }
    }
    out.append(all - failed).append(" of ").append(all).append(" expectations hold\n");
    return out.toString();
  }

  private static void check(StringBuilder out, Check check) {
    if (check.holds()) {
      out.append("  ok    ").append(check.step()).append(": ").append(check.expected());
      out.append('\n');
      return;
    }
    out.append("  FAIL  ").append(check.step()).append(" (").append(check.place()).append(")\n");
    out.append("        expected  ").append(check.expected()).append('\n');
    out.append("        got       ").append(check.got()).append('\n');
    String label = "because";
    for (String line : check.because()) {
      out.append("        ").append(label).append("   ").append(line).append('\n');
      label = "       ";
    }
  }
}
