package bespoke.manifest.yaml;

import static bespoke.manifest.yaml.Shape.Field.optional;
import static bespoke.manifest.yaml.Shape.Field.required;

import bespoke.manifest.yaml.Shape.Bounded;
import bespoke.manifest.yaml.Shape.Choice;
import bespoke.manifest.yaml.Shape.Either;
import bespoke.manifest.yaml.Shape.Field;
import bespoke.manifest.yaml.Shape.Fields;
import bespoke.manifest.yaml.Shape.Flag;
import bespoke.manifest.yaml.Shape.Items;
import bespoke.manifest.yaml.Shape.Named;
import bespoke.manifest.yaml.Shape.Rule;
import bespoke.manifest.yaml.Shape.Text;
import java.util.ArrayList;
import java.util.List;

/// The format of scenarios as shapes: the reader checks them, the JSON Schema is made from them.
final class ScenarioShapes {
  static final List<String> VERBS = List.of("enable", "disable", "restart", "refresh", "clear");
  static final List<String> STATES =
      List.of("uninitialized", "disabled", "offline", "online", "degraded", "maintenance");
  static final List<String> METHODS = List.of("start", "stop", "refresh", "monitor");
  static final List<String> FILES = List.of("appears", "vanishes", "changes");

  private static final double SECONDS_MAX = 1_000_000;
  private static final int COUNT_MAX = 1_000_000;
  private static final int RUNS_MAX = 1000;
  private static final int STATUS_MAX = 255;
  private static final int PERCENT_MAX = 100;

  private static final Text LINE = new Text(Format.LINE);
  private static final Text PATH = new Text(Format.PATH);
  private static final Shape SECONDS = new Bounded(0, SECONDS_MAX, true);
  private static final Shape COUNT = new Bounded(0, COUNT_MAX, false);
  private static final Shape STATE = new Choice(STATES);
  private static final Shape OPERANDS = new Either(List.of(LINE, new Items(LINE, 1)));
  private static final String OPERAND = "an FMRI, an abbreviation or a glob";

  private static final Fields SERVICE =
      Fields.of(
          "service_setting",
          List.of(
              optional("start_seconds", SECONDS, "How long a start takes."),
              optional("stop_seconds", SECONDS, "How long a stop takes."),
              optional("refresh_seconds", SECONDS, "How long the refresh method takes.")));

  private static final Fields PAIR =
      Fields.of(
          "pair",
          List.of(
              required("service", LINE, "Who: " + OPERAND + "."),
              required("on", LINE, "What it needs: " + OPERAND + ".")));

  private static final List<String> CLAIMS =
      List.of(
          "no_cycles",
          "requires",
          "does_not_require",
          "impact_at_most",
          "no_single_point_of_failure");

  private static final Fields CLAIM =
      Fields.of(
          "claim",
          List.of(
              optional("no_cycles", new Flag(), "There is no cycle of dependencies."),
              optional("requires", PAIR, "Each of the services needs all of the others."),
              optional("does_not_require", PAIR, "None of the services needs any of the others."),
              optional(
                  "impact_at_most",
                  Fields.of(
                      "impact_at_most",
                      List.of(
                          required("of", LINE, "Who fails: " + OPERAND + "."),
                          required("instances", COUNT, "How many others may stay down."))),
                  "When one fails for good, at most so many others stop for good."),
              optional(
                  "no_single_point_of_failure",
                  Fields.of(
                      "no_single_point_of_failure",
                      List.of(
                          required("takes_down_at_most", COUNT, "How many others may stay down."),
                          optional("except", OPERANDS, "Services that may take down more."))),
                  "No service takes down many others when it fails for good.")),
          new Rule.ExactlyOne(CLAIMS));

  private static final Fields METHOD =
      Fields.of(
          "method",
          List.of(
              required("service", LINE, "Whose: " + OPERAND + "."),
              required("method", new Choice(METHODS), "Which method."),
              optional("exits", new Bounded(0, STATUS_MAX, false), "Its exit status."),
              optional("times_out", new Flag(), "It never ends by itself."),
              optional("times", COUNT, "For so many runs; absent means for all.")),
          new Rule.ExactlyOne(List.of("exits", "times_out")));

  private static final Fields REACHES =
      Fields.of(
          "reaches",
          List.of(
              required("service", LINE, "Who: " + OPERAND + "."),
              required("state", STATE, "Where it arrives."),
              optional("within_transitions", COUNT, "Its own changes of state, at most."),
              optional("within_seconds", SECONDS, "Simulated seconds of this step, at most.")));

  private static final Fields EXPECT =
      Fields.of(
          "expect",
          List.of(
              optional("state", new Named(LINE, STATE), "The states at the end, by service."),
              optional(
                  "never",
                  new Named(LINE, new Either(List.of(STATE, new Items(STATE, 1)))),
                  "States that are not seen in this step, by service."),
              optional(
                  "reaches",
                  new Either(List.of(REACHES, new Items(REACHES, 1))),
                  "Who arrives in a state in time."),
              optional("order", new Items(LINE, 2), "They come online in this order."),
              optional("restarted", OPERANDS, "They go down and come up again."),
              optional("not_restarted", OPERANDS, "They are up all the time."),
              optional("refreshed", OPERANDS, "Their refresh method runs."),
              optional("settles_within_seconds", SECONDS, "Then nothing moves any more.")));

  private static final Fields STEP = step();

  /// A scenario.
  static final Fields SCENARIO =
      Fields.of(
          "scenario",
          List.of(
              required("scenario", LINE, "What is shown, in a line."),
              optional("description", new Text(Format.TEXT), "More about it."),
              optional("seed", COUNT, "Where chance begins; 1 by default."),
              optional("runs", new Bounded(1, RUNS_MAX, false), "How often, with other seeds."),
              optional(
                  "jitter_percent",
                  new Bounded(0, PERCENT_MAX, true),
                  "How far durations vary by chance."),
              optional("services", new Named(LINE, SERVICE), "How long methods take, by service."),
              optional("files", new Items(PATH, 0), "The files that exist at the beginning."),
              optional("graph", new Items(CLAIM, 1), "What must be true of the graph."),
              optional("steps", new Items(STEP, 1), "What happens, in order.")));

  private ScenarioShapes() {}

  private static Fields step() {
    List<Field> fields = new ArrayList<>();
    List<String> actions = new ArrayList<>();
    fields.add(optional("boot", new Flag(), "Everything that is enabled starts."));
    fields.add(optional("wait", new Choice(List.of("settled")), "Nothing happens; time passes."));
    fields.add(optional("fails", LINE, "All processes die at once: " + OPERAND + "."));
    fields.add(optional("method", METHOD, "From now on a method ends otherwise."));
    for (String change : FILES) {
      fields.add(optional("file_" + change, PATH, "A file " + change + "."));
    }
    for (String verb : VERBS) {
      fields.add(optional(verb, LINE, "svcadm " + verb + ": " + OPERAND + "."));
    }
    fields.add(optional("milestone", LINE, "svcadm milestone: an instance, all or none."));
    fields.forEach(field -> actions.add(field.key()));
    fields.add(
        optional("for_seconds", SECONDS, "How long the step lasts; absent means until settled."));
    fields.add(optional("expect", EXPECT, "What must be seen."));
    return Fields.of("step", fields, new Rule.ExactlyOne(actions));
  }
}
