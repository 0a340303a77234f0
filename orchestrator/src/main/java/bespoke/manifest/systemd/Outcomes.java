package bespoke.manifest.systemd;

import bespoke.manifest.Fidelity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gathers what became of each name in values such as `After=a.service b.service`, for one note.
final class Outcomes {

  private final Map<Assignment, List<Outcome>> gathered = new LinkedHashMap<>();

  private record Outcome(Fidelity fidelity, String text) {}

  /// One name of a value.
  ///
  /// @param text may be empty
  void add(Assignment assignment, Fidelity fidelity, String text) {
    gathered.computeIfAbsent(assignment, _ -> new ArrayList<>()).add(new Outcome(fidelity, text));
  }

  /// Writes the notes: the poorest fidelity of each value, and all that is worth saying.
  void writeTo(Report report) {
    gathered.forEach((assignment, outcomes) -> {
      Fidelity poorest =
          outcomes.stream().map(Outcome::fidelity).max(Fidelity::compareTo).orElseThrow();
      List<String> texts =
          outcomes.stream().map(Outcome::text).filter(text -> !text.isEmpty()).distinct().toList();
      report.note(poorest, assignment, String.join("; ", texts));
    });
  }
}
