package bespoke.control;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.Change;
import bespoke.api.ChangeRequest;
import bespoke.api.ConfigurationRequest;
import bespoke.api.InstanceRequest;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.engine.Event;
import bespoke.model.Dependency;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Origin;
import bespoke.model.RestartOn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Plans over the wire: what they say, when they can be applied, and who must confirm.
class PlannerTest {
  private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
  private static final InstanceFmri DATABASE = InstanceFmri.parse("svc:/site/db:default");
  private static final Request DISABLE = act("disable");

  @TempDir Path directory;

  private static InstanceRequest.Act act(String action) {
    return new InstanceRequest.Act(
        action, List.of("db"), "", false, false, false, false, true, false, "");
  }

  private static InstanceDefinition web() {
    InstanceDefinition bare = InstanceDefinition.bare(WEB);
    Dependency database =
        new Dependency(
            "db", Grouping.REQUIRE_ALL, RestartOn.RESTART, List.of(DATABASE), Origin.UNKNOWN);
    return bare.dependingOn(List.of(database));
  }

  private Served served() throws IOException {
    return served(0);
  }

  private Served served(int uid) throws IOException {
    Served served = new Served(directory, uid, Set.of());
    served
        .machine
        .with(web(), InstanceState.ONLINE, true)
        .with(InstanceDefinition.bare(DATABASE), InstanceState.ONLINE, true);
    return served;
  }

  private static List<String> send(Served served, Request request) throws IOException {
    try (Served.Client client = served.connect()) {
      return client.send(new String(request.toLine(), StandardCharsets.UTF_8)).answer();
    }
  }

  private static JsonObject only(List<String> lines, String kind) {
    return lines.stream()
        .filter(line -> line.startsWith("{\"" + kind + "\""))
        .map(line -> JsonObject.parse(line.getBytes(StandardCharsets.UTF_8)).object(kind))
        .findFirst()
        .orElseThrow();
  }

  private static String planned(Served served, Request request) throws IOException {
    return only(send(served, new ChangeRequest.Plan(request)), "plan").text("id");
  }

  private static String outcome(Served served, Request request) throws IOException {
    return send(served, request).getLast();
  }

  @Test
  void aPlanTellsWhoIsHitAndWhoWasNamedAndAsksNothingOfTheMachine() throws IOException {
    try (Served served = served()) {
      List<String> lines = send(served, new ChangeRequest.Plan(DISABLE));
      assertThat(lines)
          .anySatisfy(line ->
              assertThat(line)
                  .contains(WEB.toString(), "\"effect\":\"stop\"")
                  .doesNotContain("named"))
          .anySatisfy(line ->
              assertThat(line)
                  .contains(DATABASE.toString(), "\"effect\":\"stop\"", "\"named\":true"))
          .last()
          .isEqualTo("{\"outcome\":{}}");
      assertThat(served.machine.requests).isEmpty();
    }
  }

  @Test
  void aPlanIsRefusedAsTheRequestWouldBe() throws IOException {
    try (Served served = served(1000)) {
      List<String> lines = send(served, new ChangeRequest.Plan(DISABLE));
      assertThat(lines.getLast()).contains(DATABASE + ": Permission denied.");
      assertThat(only(lines, "plan").text("id")).isEmpty();
    }
  }

  @Test
  void aPlanIsAppliedOnce() throws IOException {
    try (Served served = served()) {
      String id = planned(served, act("restart"));
      assertThat(outcome(served, new ChangeRequest.Apply(id))).isNotEmpty();
      assertThat(served.machine.requests)
          .containsExactly(new Event.RestartRequested(DATABASE, false));
      assertThat(outcome(served, new ChangeRequest.Apply(id)))
          .contains("There is no plan \\\"" + id + "\\\" of yours", "Plan again with -n.");
    }
  }

  @Test
  void aPlanIsNotAppliedWhenItWouldDoSomethingElseNowAndTellsWhatChanged() throws IOException {
    try (Served served = served()) {
      String id = planned(served, DISABLE);
      served.machine.with(web(), InstanceState.MAINTENANCE, true);
      assertThat(outcome(served, new ChangeRequest.Apply(id)))
          .contains(
              "Nothing was done",
              WEB + " is maintenance now; it was online.",
              WEB + " would no longer stop.");
      assertThat(served.machine.requests).isEmpty();
    }
  }

  @Test
  void whatDoesNotMatterToAPlanMayChange() throws IOException {
    try (Served served = served()) {
      Request restart = act("restart");
      String id = planned(served, restart);
      served.machine.with(
          InstanceDefinition.bare(InstanceFmri.parse("svc:/site/other:default")),
          InstanceState.MAINTENANCE,
          true);
      send(served, new ChangeRequest.Apply(id));
      assertThat(served.machine.requests).hasSize(1);
    }
  }

  @Test
  void whereTheMachineIsStrictHarmMustBeConfirmed() throws IOException {
    try (Served served = served()) {
      served.configuration.with("options", "ask_before_harm", "always");
      assertThat(outcome(served, act("restart")))
          .contains("unconfirmed", "also stop what was not named", WEB.toString(), "--yes");
      assertThat(served.machine.requests).isEmpty();
      send(served, new ChangeRequest.Confirmed(act("restart")));
      assertThat(served.machine.requests).hasSize(1);
    }
  }

  @Test
  void aStrictMachineLetsPassWhatStopsOnlyWhatWasNamed() throws IOException {
    try (Served served = served()) {
      served.configuration.with("options", "ask_before_harm", "always");
      InstanceRequest.Act web =
          new InstanceRequest.Act(
              "restart", List.of("web"), "", false, false, false, false, false, false, "");
      send(served, web);
      assertThat(served.machine.requests).containsExactly(new Event.RestartRequested(WEB, false));
    }
  }

  @Test
  void aMilestoneAndAnEditCanBePlanned() throws IOException {
    try (Served served = served()) {
      assertThat(send(served, new ChangeRequest.Plan(new InstanceRequest.Milestone("none", true))))
          .anySatisfy(line -> assertThat(line).contains("\"effect\":\"stop\""));
      List<Change> changes =
          List.of(new Change("setprop", "config", "port", "", List.of("1"), true));
      assertThat(send(served, new ChangeRequest.Plan(new ConfigurationRequest.Edit("db", changes))))
          .last()
          .isEqualTo("{\"outcome\":{}}");
      assertThat(served.configuration.changes).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"enable", "disable", "restart", "refresh", "mark_maintenance", "mark_degraded"})
  void everyVerbCanBePlanned(String verb) throws IOException {
    try (Served served = served()) {
      assertThat(send(served, new ChangeRequest.Plan(act(verb))))
          .last()
          .isEqualTo("{\"outcome\":{}}");
      assertThat(served.machine.requests).isEmpty();
    }
  }

  @Test
  void whoShutsDownIsNotToldThatNothingCanRunThen() throws IOException {
    try (Served served = served()) {
      assertThat(send(served, new ChangeRequest.Plan(new Request.Shutdown())))
          .anySatisfy(line -> assertThat(line).contains("\"effect\":\"stop\""))
          .noneSatisfy(line -> assertThat(line).contains("\"lost\""));
    }
  }

  @Test
  void onlyChangesCanBePlannedAndPlansNotWithinPlans() throws IOException {
    try (Served served = served()) {
      assertThat(outcome(served, new ChangeRequest.Plan(new Request.Ping())))
          .contains("changes nothing");
      assertThat(outcome(served, new ChangeRequest.Plan(new ChangeRequest.Plan(DISABLE))))
          .contains("cannot plan or confirm");
      assertThat(outcome(served, new ChangeRequest.Apply("x"))).contains("no plan");
    }
  }
}
