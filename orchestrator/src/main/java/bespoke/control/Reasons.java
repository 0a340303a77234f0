package bespoke.control;

import bespoke.api.CauseRecord;
import bespoke.api.DocumentRecord;
import bespoke.api.EnabledRecord;
import bespoke.api.ErrorKind;
import bespoke.api.InstanceDetail;
import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.NoteRecord;
import bespoke.api.ReasonRecord;
import bespoke.engine.Envelope;
import bespoke.explain.Explainer;
import bespoke.explain.Explanation;
import bespoke.explain.Facts;
import bespoke.explain.Reason;
import bespoke.explain.SeeAlso;
import bespoke.explain.why.Account;
import bespoke.explain.why.Why;
import bespoke.model.Actor;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.ServiceFmri;
import bespoke.model.Template;
import bespoke.model.Transition;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `svcs -x`, `svcs why` and `svcs history` ask for.
final class Reasons {
  /// So many transitions are told at most.
  private static final int COUNT_MAX = 10_000;

  private final Machine machine;
  private final History history;

  Reasons(Machine machine, History history) {
    this.machine = machine;
    this.history = history;
  }

  void explain(InstanceRequest.Explain request, Answer answer) throws IOException {
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

  private Optional<Actor> actor(Transition transition) {
    return history.event(transition.cause()).flatMap(Envelope::actor);
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

  void why(InstanceRequest.Why request, Answer answer) throws IOException {
    Operands operands = Operands.unambiguous(List.of(request.entity()), machine.catalogue());
    if (operands.refusal().isPresent()) {
      answer.end(operands.refusal().get());
      return;
    }
    Explainer explainer =
        new Explainer(new Facts(machine.statuses(), machine::exists, machine::logFile));
    Why why = new Why(history, explainer, this::instancesOf, ZoneId.systemDefault());
    for (InstanceFmri fmri : operands.fmris()) {
      Optional<InstanceStatus> status = machine.status(fmri);
      if (status.isPresent()) {
        Account account = why.tell(status.get());
        answer.addAll(causes(account));
        for (String note : account.notes()) {
          answer.add(new NoteRecord(note, false));
        }
      }
    }
    answer.end(operands.outcome());
  }

  private List<InstanceFmri> instancesOf(Fmri fmri) {
    return switch (fmri) {
      case InstanceFmri instance -> List.of(instance);
      case ServiceFmri service -> machine.instancesOf(service);
    };
  }

  /// The sentence that says it all, the links of the chain, and its root.
  private static List<CauseRecord> causes(Account account) {
    List<CauseRecord> causes = new ArrayList<>();
    String fmri = account.instance().toString();
    String headline = account.headline();
    String sentence =
        headline.startsWith(fmri + " ") ? headline.substring(fmri.length() + 1) : headline;
    causes.add(new CauseRecord(0, fmri, sentence, "", account.sinceEpochMillis()));
    for (Account.Link link : account.links()) {
      causes.add(
          new CauseRecord(
              link.event(),
              link.instance().toString(),
              link.deed() + (link.because().isEmpty() ? "" : " because " + link.because()),
              "",
              link.atEpochMillis()));
    }
    Account.Root root = account.root();
    causes.add(
        new CauseRecord(
            root.event(),
            "",
            root.text(),
            root.actor().map(Actor::user).orElse(""),
            root.atEpochMillis()));
    return causes;
  }

  void statesAt(InstanceRequest.StatesAt request, Answer answer) throws IOException {
    Operands operands = Operands.any(request.operands(), machine.catalogue());
    if (operands.refusal().isPresent()) {
      answer.end(operands.refusal().get());
      return;
    }
    Optional<List<History.Remembered>> remembered =
        history.statesAt(request.atEpochMillis(), machine.statuses());
    if (remembered.isEmpty()) {
      answer.fail(
          ErrorKind.NOT_FOUND,
          "the journal does not reach back so far; svcs history shows where it begins");
      return;
    }
    Set<InstanceFmri> wanted = Set.copyOf(operands.fmris());
    for (History.Remembered one : remembered.get()) {
      if (request.operands().isEmpty() || wanted.contains(one.instance())) {
        answer.add(
            new InstanceRecord(
                one.instance().toString(),
                one.state().toString(),
                Records.word(one.next()),
                one.sinceEpochMillis(),
                EnabledRecord.NEVER,
                List.of(),
                "",
                InstanceDetail.NONE));
      }
    }
    answer.end(operands.outcome());
  }

  void history(InstanceRequest.History request, Answer answer) throws IOException {
    Operands operands = Operands.any(request.operands(), machine.catalogue());
    if (operands.refusal().isPresent()) {
      answer.end(operands.refusal().get());
      return;
    }
    if (request.operands().isEmpty() || !operands.fmris().isEmpty()) {
      int countMax = request.countMax() <= 0 ? COUNT_MAX : Math.min(request.countMax(), COUNT_MAX);
      for (Transition transition :
          history.transitions(Set.copyOf(operands.fmris()), request.sinceEpochMillis(), countMax)) {
        answer.add(Records.transition(transition, actor(transition)));
      }
    }
    answer.end(operands.outcome());
  }
}
