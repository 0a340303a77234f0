package bespoke.cli;

import bespoke.api.ChangeRequest;
import bespoke.api.Outcome;
import bespoke.api.PlanEffectRecord;
import bespoke.api.PlanRecord;
import bespoke.api.PlanStepRecord;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.Replies;
import bespoke.cli.render.ForeseenPlan;
import bespoke.cli.render.PlanText;
import bespoke.cli.shell.ShellTerminal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Sends requests that change something: at once, after asking, or only as a plan.
final class Changing {
  private static final int ANSWER_CHARACTERS_MAX = 80;

  private final Session session;
  private final boolean isPlan;
  private final boolean isConfirmed;
  private final boolean json;

  /// @param isPlan whether to tell and change nothing (`-n`)
  /// @param isConfirmed whether what is not named may stop (`--yes`)
  Changing(Session session, boolean isPlan, boolean isConfirmed, boolean json) {
    this.session = session;
    this.isPlan = isPlan;
    this.isConfirmed = isConfirmed;
    this.json = json;
  }

  /// As the options of [#addTo] say.
  Changing(Session session, ParseResult arguments) {
    this(
        session,
        arguments.hasMatchedOption("-n"),
        arguments.hasMatchedOption("--yes"),
        arguments.hasMatchedOption("--json"));
  }

  /// Adds `-n`, `--json` and `--yes` to a command.
  static void addTo(CommandSpec spec) {
    spec.addOption(Models.flag("-n", "--plan", "show what would happen and change nothing"));
    spec.addOption(Models.flag("--json", "the plan as one JSON document"));
    spec.addOption(Models.flag("--yes", "do not ask, also if what is not named would stop"));
  }

  boolean isPlan() {
    return isPlan;
  }

  /// Sends the request; with `-n`, prints the plan, and the status of the outcome is 0 if nothing
  /// would change, 1 if something would and 2 if it cannot be done.
  Outcome call(Request request, Replies replies) throws DaemonUnreachableException {
    if (isPlan) {
      return plan(request, (kind, fields) -> {}, () -> {});
    }
    if (isConfirmed) {
      return session.call(new ChangeRequest.Confirmed(request), replies);
    }
    return session.console().inputIsTerminal()
        ? ask(request, replies)
        : session.call(request, replies);
  }

  /// Applies a plan that was made before.
  static Outcome apply(Session session, String plan, Replies replies)
      throws DaemonUnreachableException {
    return session.call(new ChangeRequest.Apply(plan), replies);
  }

  /// What the daemon foresees.
  private static final class Foreseen implements Replies {
    private final Replies next;
    private final List<PlanStepRecord> steps = new ArrayList<>();
    private final List<PlanEffectRecord> effects = new ArrayList<>();
    private PlanRecord plan = new PlanRecord("", 0, false, true, false, "", false, "");

    Foreseen(Replies next) {
      this.next = next;
    }

    @Override
    public void line(String kind, JsonObject fields) {
      switch (kind) {
        case "step" -> steps.add(PlanStepRecord.from(fields));
        case "effect" -> effects.add(PlanEffectRecord.from(fields));
        case "plan" -> plan = PlanRecord.from(fields);
        default -> next.line(kind, fields);
      }
    }

    ForeseenPlan whole() {
      return new ForeseenPlan(steps, effects, plan);
    }
  }

  /// What a request would do; see [ShellTerminal#foresee].
  static ShellTerminal.Foreseen foresee(Session session, Request request, Replies others)
      throws DaemonUnreachableException {
    Foreseen foreseen = new Foreseen(others);
    Outcome outcome = session.call(new ChangeRequest.Plan(request), foreseen);
    return new ShellTerminal.Foreseen(outcome, foreseen.whole());
  }

  /// Prints what a request would do; see [#call].
  ///
  /// @param others the lines of the answer that are not about the plan
  /// @param before done before the plan is printed
  Outcome plan(Request request, Replies others, Runnable before) throws DaemonUnreachableException {
    ShellTerminal.Foreseen foreseen = foresee(session, request, others);
    Outcome outcome = foreseen.outcome();
    before.run();
    if (!outcome.isOk()) {
      return new Outcome(
          outcome.error(), ExitStatus.USAGE, outcome.messages(), outcome.unmatched());
    }
    session.print(json ? foreseen.plan().json() : foreseen.plan().text(session.command()));
    return foreseen.plan().isEmpty() && !foreseen.plan().plan().configures()
        ? Outcome.OK
        : new Outcome("", ExitStatus.FAILED, List.of(), List.of());
  }

  private Outcome ask(Request request, Replies replies) throws DaemonUnreachableException {
    Foreseen foreseen = new Foreseen((kind, fields) -> {});
    Outcome outcome = session.connection().call(new ChangeRequest.Plan(request), foreseen);
    List<PlanEffectRecord> harm = foreseen.whole().harm();
    if (!outcome.isOk() || harm.isEmpty()) {
      return session.call(request, replies);
    }
    session.console().out().flush();
    session.console().err().print(PlanText.question(harm));
    session.console().err().flush();
    if (!isYes(answer())) {
      return new Outcome("", ExitStatus.FAILED, List.of("nothing was changed"), List.of());
    }
    return foreseen.plan.id().isEmpty()
        ? session.call(new ChangeRequest.Confirmed(request), replies)
        : apply(session, foreseen.plan.id(), replies);
  }

  private static boolean isYes(String answer) {
    return List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
  }

  /// One line, without a look at what follows it: a script of `svccfg` may.
  private String answer() {
    StringBuilder line = new StringBuilder();
    InputStream in = session.console().in();
    try {
      for (int c = in.read();
          c >= 0 && c != '\n' && line.length() < ANSWER_CHARACTERS_MAX;
          c = in.read()) {
        line.append((char) c);
      }
    } catch (IOException e) {
      return ""; // no answer is no
    }
    return line.toString();
  }
}
