package bespoke.control;

import bespoke.api.ErrorKind;
import bespoke.api.OperandMatcher;
import bespoke.api.Outcome;
import bespoke.api.Wire;
import bespoke.model.InstanceFmri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The instances that the operands of a request mean.
///
/// @param fmris each once, in the order of the operands
/// @param unmatched operands that match nothing
/// @param refusal set when nothing at all may be done
record Operands(List<InstanceFmri> fmris, List<String> unmatched, Optional<Outcome> refusal) {
  /// All that match, however many.
  static Operands any(List<String> operands, OperandMatcher.Catalogue catalogue) {
    return read(operands, catalogue, false);
  }

  /// Refused when an abbreviation or a service means several instances (DESIGN 3, C5).
  static Operands unambiguous(List<String> operands, OperandMatcher.Catalogue catalogue) {
    return read(operands, catalogue, true);
  }

  private static Operands read(
      List<String> operands, OperandMatcher.Catalogue catalogue, boolean unambiguous) {
    if (operands.size() > Wire.OPERANDS_MAX) {
      return refused(
          Outcome.failed(ErrorKind.LIMIT, "more than " + Wire.OPERANDS_MAX + " operands"));
    }
    List<OperandMatcher.Match> matches = new OperandMatcher(catalogue).matches(operands);
    if (unambiguous) {
      for (OperandMatcher.Match match : matches) {
        if (match.isAmbiguous()) {
          return refused(ambiguous(match));
        }
      }
    }
    List<InstanceFmri> fmris = new ArrayList<>();
    for (String fmri : OperandMatcher.union(matches)) {
      fmris.add(InstanceFmri.parse(fmri));
    }
    return new Operands(fmris, OperandMatcher.unmatched(matches), Optional.empty());
  }

  private static Operands refused(Outcome outcome) {
    return new Operands(List.of(), List.of(), Optional.of(outcome));
  }

  private static Outcome ambiguous(OperandMatcher.Match match) {
    List<String> messages = new ArrayList<>();
    messages.add(
        match.kind() == OperandMatcher.Kind.SERVICE
            ? "operation on service "
                + OperandMatcher.canonical(match.operand())
                + " is ambiguous; instance specification needed."
            : "Partial FMRI matches multiple instances");
    for (String fmri : match.fmris()) {
      messages.add("\t" + fmri);
    }
    return new Outcome(ErrorKind.AMBIGUOUS.word(), 1, messages, List.of());
  }

  /// The outcome when every found instance was dealt with.
  Outcome outcome() {
    return outcome(List.of(), 0);
  }

  /// The outcome with messages of failures.
  Outcome outcome(List<String> messages, int status) {
    if (unmatched.isEmpty() && messages.isEmpty()) {
      return status == 0 ? Outcome.OK : new Outcome("", status, List.of(), List.of());
    }
    return new Outcome(
        unmatched.isEmpty() ? ErrorKind.STATE.word() : ErrorKind.NOT_FOUND.word(),
        status == 0 ? 1 : status,
        messages,
        unmatched);
  }
}
