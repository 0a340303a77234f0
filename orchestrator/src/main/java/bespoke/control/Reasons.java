package bespoke.control;

import bespoke.api.DocumentRecord;
import bespoke.api.NoteRecord;
import bespoke.api.ReasonRecord;
import bespoke.api.Request;
import bespoke.explain.Explainer;
import bespoke.explain.Explanation;
import bespoke.explain.Facts;
import bespoke.explain.Reason;
import bespoke.explain.SeeAlso;
import bespoke.model.InstanceFmri;
import bespoke.model.Template;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `svcs -x`, `svcs why` and `svcs history` ask for.
final class Reasons {
  private final Machine machine;
  private final History history;

  Reasons(Machine machine, History history) {
    this.machine = machine;
    this.history = history;
  }

  void explain(Request.Explain request, Answer answer) throws IOException {
    Operands operands = Operands.any(request.operands(), machine.catalogue());
    if (operands.refusal().isPresent()) {
      answer.end(operands.refusal().get());
      return;
    }
    Explainer explainer =
        new Explainer(new Facts(machine.statuses(), machine::exists, machine::logFile));
    for (List<InstanceFmri> cycle : explainer.cycles()) {
      StringBuilder text = new StringBuilder("Dependency cycle detected:");
      cycle.forEach(fmri -> text.append("\n  ").append(fmri));
      answer.add(new NoteRecord(text.toString(), true));
    }
    List<Explanation> explanations =
        request.operands().isEmpty()
            ? explainer.problems()
            : operands.fmris().stream().map(explainer::explain).flatMap(Optional::stream).toList();
    for (Explanation explanation : explanations) {
      answer.add(record(explanation, request.verbose()));
    }
    answer.end(operands.outcome());
  }

  private static bespoke.api.Explanation record(Explanation explanation, boolean verbose) {
    List<ReasonRecord> reasons = new ArrayList<>();
    List<String> details = new ArrayList<>();
    for (Reason reason : explanation.reasons()) {
      reasons.add(record(reason));
      details.addAll(reason.details());
    }
    List<DocumentRecord> documents = new ArrayList<>();
    List<String> logs = new ArrayList<>();
    for (SeeAlso seeAlso : explanation.seeAlso()) {
      switch (seeAlso) {
        case SeeAlso.Document(Template.Documentation documentation) ->
            documents.add(record(documentation));
        case SeeAlso.Log(String path) -> logs.add(path);
      }
    }
    return new bespoke.api.Explanation(
        explanation.fmri().toString(),
        Records.oneLine(explanation.commonName()),
        explanation.state().toString(),
        explanation.sinceEpochMillis(),
        reasons,
        String.join("\n", details),
        documents,
        logs,
        explanation.impact().size(),
        verbose ? texts(explanation.impact()) : List.of());
  }

  private static ReasonRecord record(Reason reason) {
    return new ReasonRecord(
        reason.code().messageId(),
        reason.subject().isPresent() ? "" : reason.text(),
        reason.subject().map(Object::toString).orElse(""),
        reason.summary(),
        texts(reason.path()),
        List.of());
  }

  private static DocumentRecord record(Template.Documentation documentation) {
    return switch (documentation) {
      case Template.Manpage page ->
          new DocumentRecord(page.title(), page.section(), page.manpath().orElse(""), "");
      case Template.Link link -> new DocumentRecord(link.name(), "", "", link.uri());
    };
  }

  private static List<String> texts(List<InstanceFmri> fmris) {
    return fmris.stream().map(InstanceFmri::toString).toList();
  }

  void why(Request.Why request, Answer answer) throws IOException {
    Operands operands = Operands.unambiguous(List.of(request.entity()), machine.catalogue());
    if (operands.refusal().isPresent()) {
      answer.end(operands.refusal().get());
      return;
    }
    for (InstanceFmri fmri : operands.fmris()) {
      answer.addAll(history.why(fmri));
    }
    answer.end(operands.outcome());
  }

  void history(Request.History request, Answer answer) throws IOException {
    Operands operands = Operands.any(request.operands(), machine.catalogue());
    if (operands.refusal().isPresent()) {
      answer.end(operands.refusal().get());
      return;
    }
    if (request.operands().isEmpty() || !operands.fmris().isEmpty()) {
      answer.addAll(
          history.transitions(
              Set.copyOf(operands.fmris()), request.sinceEpochMillis(), request.countMax()));
    }
    answer.end(operands.outcome());
  }
}
