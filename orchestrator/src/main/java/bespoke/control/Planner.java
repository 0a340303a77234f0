package bespoke.control;

import bespoke.api.ErrorKind;
import bespoke.api.MemberRecord;
import bespoke.api.Outcome;
import bespoke.api.PlanEffectRecord;
import bespoke.api.PlanRecord;
import bespoke.api.PlanStepRecord;
import bespoke.api.Reply;
import bespoke.api.Request;
import bespoke.api.TransactionRequest;
import bespoke.engine.Event;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Property;
import bespoke.model.Transition;
import bespoke.plan.Durations;
import bespoke.plan.Effect;
import bespoke.plan.Plan;
import bespoke.plan.Present;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells what requests would do, keeps the plans, and sees to it that harm is confirmed where the
/// machine is set up so.
///
/// Between the look at a plan that is applied and its execution other events may pass, as between
/// any two requests.
final class Planner {
  /// The property of the master restarter that says who must confirm what stops others.
  private static final String GROUP = "options";

  private static final String PROPERTY = "ask_before_harm";

  private final Machine machine;
  private final Configuration configuration;
  private final History history;
  private final TransactionRequests transactions;
  private final Rehearsing rehearsing;
  private final KeptPlans kept = new KeptPlans();

  Planner(
      Machine machine,
      Configuration configuration,
      Authorizer authorizer,
      History history,
      TransactionRequests transactions,
      int backlog) {
    this.transactions = transactions;
    this.machine = machine;
    this.configuration = configuration;
    this.history = history;
    this.rehearsing = new Rehearsing(machine, configuration, authorizer, backlog);
  }

  /// A request, rehearsed and planned.
  ///
  /// @param replies what it would answer before the outcome
  /// @param named the instances that it is itself about
  /// @param isUntilRefresh whether nothing moves before the next refresh
  /// @param configures whether something would be configured otherwise
  /// @param failure why what it begins would be taken back, or empty
  private record Foreseen(
      List<Reply> replies,
      Outcome outcome,
      Set<InstanceFmri> named,
      boolean isUntilRefresh,
      boolean configures,
      String failure,
      Plan plan,
      long generation) {

    List<MemberRecord> members() {
      return replies.stream()
          .filter(MemberRecord.class::isInstance)
          .map(MemberRecord.class::cast)
          .toList();
    }
  }

  private Foreseen foresee(Caller caller, Request request) throws IOException {
    if (request instanceof TransactionRequest.Make change) {
      return foresee(caller, change);
    }
    Rehearsing.Rehearsed rehearsed = rehearsing.rehearse(caller, request);
    boolean isUntilRefresh = !rehearsed.refreshes().isEmpty();
    List<Event> events = isUntilRefresh ? rehearsed.refreshes() : rehearsed.events();
    Plan plan = Plan.EMPTY;
    long generation = 0;
    if (!events.isEmpty()) {
      Present present = machine.present();
      generation = present.lastEnvelope();
      plan = Plan.of(present, events, history.durations(), machine::exists);
    }
    return new Foreseen(
        rehearsed.replies(),
        rehearsed.outcome(),
        rehearsed.named(),
        isUntilRefresh,
        rehearsed.configures(),
        "",
        plan,
        generation);
  }

  /// A change of many services, made in the simulated world.
  private Foreseen foresee(Caller caller, TransactionRequest.Make change) {
    Present present = machine.present(); // before: the engine may wait for a rehearsal
    Durations durations = history.durations();
    try {
      TransactionRequests.Result result =
          transactions.foresee(
              caller, change, course -> Plan.of(present, course, durations, machine::exists));
      List<Reply> replies = new ArrayList<>();
      Set<InstanceFmri> named = new HashSet<>();
      result.foreseen().ifPresent(foreseen -> replies.addAll(foreseen.report().problems()));
      result
          .foreseen()
          .flatMap(Transactions.Foreseen::change)
          .ifPresent(shown -> {
            replies.add(shown.change());
            replies.addAll(shown.members());
            shown.members().forEach(member -> named.add(InstanceFmri.parse(member.fmri())));
          });
      return new Foreseen(
          replies,
          result.outcome(),
          named,
          false,
          !named.isEmpty(),
          result.foreseen().map(Transactions.Foreseen::failure).orElse(""),
          result.foreseen().map(Transactions.Foreseen::plan).orElse(Plan.EMPTY),
          present.lastEnvelope());
    } catch (Configuration.RefusedException e) {
      Outcome refusal = Outcome.failed(e.kind(), String.valueOf(e.getMessage()));
      return new Foreseen(List.of(), refusal, Set.of(), false, false, "", Plan.EMPTY, 0);
    }
  }

  /// Answers what a request would do.
  void plan(Caller caller, Request request, Answer answer) throws IOException {
    Foreseen foreseen = foresee(caller, request);
    answer.addAll(foreseen.replies());
    Plan plan = foreseen.plan();
    for (Plan.Step step : plan.steps()) {
      answer.add(record(step));
    }
    Set<InstanceFmri> named = foreseen.named();
    for (Effect effect : plan.effects()) {
      answer.add(record(effect, named.contains(effect.instance())));
    }
    boolean applies = foreseen.outcome().isOk();
    answer.add(
        new PlanRecord(
            applies ? keep(caller, request, foreseen) : "",
            plan.duration().toMillis(),
            plan.isLearned(),
            plan.isComplete(),
            foreseen.isUntilRefresh(),
            ask().name().toLowerCase(Locale.ROOT),
            foreseen.configures(),
            foreseen.failure()));
    answer.end(foreseen.outcome());
  }

  private String keep(Caller caller, Request request, Foreseen foreseen) {
    Set<InstanceFmri> relevant = new HashSet<>(foreseen.named());
    for (Effect effect : foreseen.plan().effects()) {
      relevant.add(effect.instance());
      relevant.addAll(effect.path());
    }
    return kept.keep(
        new KeptPlans.Kept(
            request,
            caller.peer().uid(),
            statuses(relevant),
            foreseen.plan().effects(),
            foreseen.members()),
        foreseen.generation());
  }

  private Map<InstanceFmri, InstanceStatus> statuses(Set<InstanceFmri> instances) {
    Map<InstanceFmri, InstanceStatus> statuses = new HashMap<>();
    for (InstanceStatus status : machine.statuses()) {
      if (instances.contains(status.fmri())) {
        statuses.put(status.fmri(), status);
      }
    }
    return statuses;
  }

  static PlanStepRecord record(Plan.Step step) {
    Transition transition = step.transition();
    String because = transition.because().map(fmri -> " (" + fmri + ")").orElse("");
    return new PlanStepRecord(
        step.wave(),
        transition.instance().toString(),
        transition.from().toString(),
        transition.to().toString(),
        transition.auxiliary().text() + because);
  }

  static PlanEffectRecord record(Effect effect, boolean isNamed) {
    return new PlanEffectRecord(
        effect.wave(),
        effect.instance().toString(),
        effect.kind().name().toLowerCase(Locale.ROOT),
        effect.from(),
        effect.to(),
        effect.at().toMillis(),
        effect.why(),
        effect.path().stream().map(InstanceFmri::toString).toList(),
        effect.lost(),
        isNamed);
  }

  /// Takes a plan out to be executed; answers and is empty if it would do something else now.
  Optional<Request> take(Caller caller, String id, Answer answer) throws IOException {
    Optional<KeptPlans.Kept> plan = kept.take(id, caller.peer().uid());
    if (plan.isEmpty()) {
      answer.fail(
          ErrorKind.NOT_FOUND,
          "There is no plan \""
              + id
              + "\" of yours: it was applied, others took its place, or svc.startd was started"
              + " anew. Plan again with -n.");
      return Optional.empty();
    }
    Foreseen now = foresee(caller, plan.get().request());
    if (!now.outcome().isOk()) {
      answer.addAll(now.replies());
      answer.end(now.outcome());
      return Optional.empty();
    }
    List<String> changed =
        Drift.between(
            plan.get(),
            statuses(plan.get().statuses().keySet()),
            now.plan().effects(),
            now.members());
    if (changed.isEmpty()) {
      return Optional.of(plan.get().request());
    }
    List<String> messages = new ArrayList<>();
    messages.add("Nothing was done, since something changed after the plan was made:");
    changed.forEach(sentence -> messages.add("  " + sentence));
    messages.add("Plan again with -n.");
    answer.end(new Outcome(ErrorKind.STATE.word(), 1, messages, List.of()));
    return Optional.empty();
  }

  // --- asking before harm

  private enum Ask {
    /// Who sits at a terminal; the commands ask.
    TERMINAL,
    /// Scripts, too: what is not confirmed is refused.
    ALWAYS,
    /// Nobody.
    NEVER
  }

  private Ask ask() {
    List<String> values =
        configuration
            .composed(InstanceDefinition.MASTER_RESTARTER)
            .property(GROUP, PROPERTY)
            .map(Property::values)
            .orElse(List.of());
    for (Ask ask : Ask.values()) {
      if (values.size() == 1 && values.getFirst().equalsIgnoreCase(ask.name())) {
        return ask;
      }
    }
    return Ask.TERMINAL;
  }

  /// Whether a request that nobody confirmed may be executed; if not, answers who would stop.
  boolean mayGoOn(Caller caller, Request request, Answer answer) throws IOException {
    if (ask() != Ask.ALWAYS || request instanceof Request.Shutdown) {
      return true;
    }
    Foreseen foreseen = foresee(caller, request);
    List<Effect> harm =
        foreseen.isUntilRefresh() ? List.of() : foreseen.plan().harm(foreseen.named());
    if (harm.isEmpty()) {
      return true;
    }
    List<String> messages = new ArrayList<>();
    messages.add("This would also stop what was not named:");
    for (Effect effect : harm) {
      messages.add(
          "  "
              + effect.instance()
              + (effect.kind() == Effect.Kind.RESTART ? " (it would restart)" : ""));
    }
    messages.add("Look at it with -n, or say --yes.");
    answer.end(new Outcome(ErrorKind.UNCONFIRMED.word(), 1, messages, List.of()));
    return false;
  }
}
