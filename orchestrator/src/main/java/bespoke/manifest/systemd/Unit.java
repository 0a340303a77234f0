package bespoke.manifest.systemd;

import bespoke.model.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A unit: what its fragment and its drop-ins say, in that order.
///
/// Asking for a directive takes it: what was said and then replaced or reset is noted as such.
///
/// @param name of the unit, never a template
/// @param at the beginning of its fragment
/// @param assignments of the fragment, then of the drop-ins
/// @param report where what was overridden is noted
/// @param passwords who may log in
record Unit(
    UnitName name,
    Origin.File at,
    List<Assignment> assignments,
    Report report,
    PasswordFile passwords) {

  Unit {
    assignments = List.copyOf(assignments);
  }

  /// Its specifiers.
  Specifiers specifiers() {
    return new Specifiers(name);
  }

  /// The assignment that counts, of a directive with one value.
  Optional<Assignment> last(String section, String key) {
    Assignment last = null;
    for (Assignment assignment : of(section, key)) {
      if (last != null) {
        report.exact(last, "replaced at " + assignment.at());
      }
      last = assignment;
    }
    if (last != null && last.isReset()) {
      report.exact(last, "back to the default");
      return Optional.empty();
    }
    return Optional.ofNullable(last);
  }

  /// The expanded value of a directive with one value.
  Optional<String> value(String section, String key) {
    return last(section, key).map(assignment -> specifiers().expand(assignment.value()).orElse(""));
  }

  /// The assignments that count, of a directive that gathers values: those after the last reset.
  List<Assignment> all(String section, String key) {
    List<Assignment> kept = new ArrayList<>();
    for (Assignment assignment : of(section, key)) {
      if (assignment.isReset()) {
        kept.forEach(before -> report.exact(before, "reset at " + assignment.at()));
        kept.clear();
        report.exact(assignment, "resets the list");
      } else {
        kept.add(assignment);
      }
    }
    return kept;
  }

  /// Whether the directive is on.
  boolean isOn(String section, String key, boolean otherwise) {
    return last(section, key)
        .flatMap(assignment -> Quantities.flag(assignment.value()))
        .orElse(otherwise);
  }

  private List<Assignment> of(String section, String key) {
    return assignments.stream()
        .filter(assignment -> assignment.section().equals(section) && assignment.key().equals(key))
        .toList();
  }
}
