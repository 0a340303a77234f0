package bespoke.control;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.InstanceRequest;
import bespoke.api.Request;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What svcadm(8) asks for, and who may (smf.md 8.3, 10.2, cases C1-C11).
class ActionsTest {
  private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
  private static final InstanceFmri DATABASE = InstanceFmri.parse("svc:/site/db:default");

  @TempDir Path directory;

  private static InstanceDefinition definition(InstanceFmri fmri, InstanceFmri... requires) {
    InstanceDefinition bare = InstanceDefinition.bare(fmri);
    return new InstanceDefinition(
        fmri,
        bare.restarter(),
        List.of(
            new Dependency(
                "requires",
                Grouping.REQUIRE_ALL,
                RestartOn.NONE,
                List.of(requires),
                Origin.UNKNOWN)),
        bare.methods(),
        bare.startd(),
        bare.readiness(),
        bare.monitor(),
        bare.resources(),
        bare.template(),
        bare.invalid(),
        bare.problems(),
        bare.origin());
  }

  @Test
  void restartingTheDaemonIsAnsweredBeforeItHappens() throws IOException {
    try (Served served = Served.asRoot(directory)) {
      assertThat(outcome(served, act("restart", "svc:/system/svc/restarter:default")))
          .isEqualTo("{\"outcome\":{}}");
      assertThat(served.machine.daemonRestarted).succeedsWithin(Duration.ofMinutes(1));
    }
    try (Served served =
        new Served(Files.createDirectory(directory.resolve("other")), 1000, Set.of())) {
      assertThat(outcome(served, act("restart", "svc:/system/svc/restarter")))
          .contains("Permission denied");
      assertThat(served.machine.daemonRestarted).isNotDone();
    }
  }

  private static InstanceRequest.Act act(String action, String... operands) {
    return act(action, false, false, false, operands);
  }

  private static InstanceRequest.Act act(
      String action,
      boolean temporary,
      boolean recursive,
      boolean synchronous,
      String... operands) {
    return new InstanceRequest.Act(
        action, List.of(operands), "", temporary, recursive, false, false, synchronous, false, "");
  }

  private static List<String> send(Served served, Request request) throws IOException {
    try (Served.Client client = served.connect()) {
      return client.send(new String(request.toLine(), StandardCharsets.UTF_8)).answer();
    }
  }

  private static String outcome(Served served, Request request) throws IOException {
    return send(served, request).getLast();
  }

  @Test
  void enableBecomesAnEventOfTheCaller() throws IOException {
    try (Served served = Served.asRoot(directory)) {
      served.machine.with(definition(WEB), InstanceState.DISABLED, false);
      assertThat(send(served, act("enable", "web")))
          .containsExactly("{\"acted\":{\"fmri\":\"svc:/site/web:default\"}}", "{\"outcome\":{}}");
      assertThat(served.machine.requests)
          .containsExactly(new Event.EnableRequested(WEB, true, false, ""));
      assertThat(served.machine.actors.getFirst().uid()).isZero();
    }
  }

  @Test
  void anAbbreviationOfTwoChangesNothing() throws IOException {
    try (Served served = Served.asRoot(directory)) {
      served.machine.with(definition(WEB), InstanceState.DISABLED, false);
      served.machine.with(definition(DATABASE), InstanceState.DISABLED, false);
      assertThat(outcome(served, act("enable", "default")))
          .contains("Partial FMRI matches multiple instances")
          .contains("svc:/site/db:default")
          .contains("\"status\":1");
      assertThat(served.machine.requests).isEmpty();
      outcome(served, act("enable", "*default"));
      assertThat(served.machine.requests).hasSize(2);
    }
  }

  @Test
  void whatMatchesNothingIsNamedAndTheOthersAreDone() throws IOException {
    try (Served served = Served.asRoot(directory)) {
      served.machine.with(definition(WEB), InstanceState.DISABLED, false);
      assertThat(outcome(served, act("enable", "nosuch", "web")))
          .contains("\"unmatched\":[\"nosuch\"]");
      assertThat(served.machine.requests).hasSize(1);
    }
  }

  @Test
  void strangersMayNotAct() throws IOException {
    try (Served served = new Served(directory, 1000, Set.of())) {
      served.machine.with(definition(WEB), InstanceState.ONLINE, true);
      assertThat(outcome(served, act("disable", "web")))
          .contains("svc:/site/web:default: Permission denied.")
          .contains("\"status\":1");
      assertThat(served.machine.requests).isEmpty();
    }
  }

  @Test
  void anActionAuthorizationAllowsTemporaryDisableButNotPermanent() throws IOException {
    try (Served served = new Served(directory, 1000, Set.of("site.web"))) {
      served.machine.with(definition(WEB), InstanceState.ONLINE, true);
      served.configuration.withGeneral("action_authorization", "site.web");
      assertThat(outcome(served, act("disable", "web"))).contains("Permission denied.");
      assertThat(outcome(served, act("disable", true, false, false, "web")))
          .isEqualTo("{\"outcome\":{}}");
      assertThat(served.machine.requests)
          .containsExactly(new Event.EnableRequested(WEB, false, true, ""));
    }
  }

  @Test
  void aValueAuthorizationAllowsPermanentDisable() throws IOException {
    try (Served served = new Served(directory, 1000, Set.of("site.web"))) {
      served.machine.with(definition(WEB), InstanceState.ONLINE, true);
      served.configuration.withGeneral("value_authorization", "site.web");
      assertThat(outcome(served, act("disable", "web"))).isEqualTo("{\"outcome\":{}}");
      assertThat(outcome(served, act("restart", "web"))).contains("Permission denied.");
    }
  }

  @Test
  void strangersMayNotShutDownNorSetTheMilestone() throws IOException {
    try (Served served = new Served(directory, 1000, Set.of())) {
      assertThat(outcome(served, new Request.Shutdown())).contains("Permission denied.");
      assertThat(outcome(served, new InstanceRequest.Milestone("none", false)))
          .contains("Permission denied.");
    }
  }

  @Test
  void anUnknownMilestoneIsAUsageError() throws IOException {
    try (Served served = Served.asRoot(directory)) {
      assertThat(outcome(served, new InstanceRequest.Milestone("bogus", false)))
          .contains("\\\"bogus\\\" is not a valid major milestone.")
          .contains("\"status\":2");
    }
  }

  @Test
  void clearOfAHealthyInstanceIsRefused() throws IOException {
    try (Served served = Served.asRoot(directory)) {
      served.machine.with(definition(WEB), InstanceState.ONLINE, true);
      assertThat(outcome(served, act("clear", "web")))
          .contains("is not in a maintenance or degraded state.");
    }
  }

  @Test
  void markDegradedNeedsAnOnlineInstanceAndNoTemporary() throws IOException {
    try (Served served = Served.asRoot(directory)) {
      served.machine.with(definition(WEB), InstanceState.OFFLINE, true);
      assertThat(outcome(served, act("mark_degraded", "web"))).contains("is not online.");
      assertThat(outcome(served, act("mark_degraded", true, false, false, "web")))
          .contains("-t may not be used with degraded.")
          .contains("\"status\":2");
    }
  }

  @Test
  void recursiveEnableFollowsRequirements() throws IOException {
    try (Served served = Served.asRoot(directory)) {
      served.machine.with(definition(WEB, DATABASE), InstanceState.DISABLED, false);
      served.machine.with(definition(DATABASE), InstanceState.DISABLED, false);
      send(served, act("enable", false, true, false, "web"));
      assertThat(served.machine.requests)
          .extracting(request -> ((Event.EnableRequested) request).instance())
          .containsExactly(WEB, DATABASE);
    }
  }

  @Test
  void waitingEndsAtOnceWhenItRuns() throws IOException {
    try (Served served = Served.asRoot(directory)) {
      served.machine.with(definition(WEB), InstanceState.ONLINE, true);
      assertThat(outcome(served, act("enable", false, false, true, "web")))
          .isEqualTo("{\"outcome\":{}}");
    }
  }

  @Test
  void waitingForMaintenanceEndsWithThree() throws IOException {
    try (Served served = Served.asRoot(directory)) {
      served.machine.with(definition(WEB), InstanceState.MAINTENANCE, true);
      assertThat(outcome(served, act("enable", false, false, true, "web")))
          .contains("is in maintenance state.")
          .contains("\"status\":3");
    }
  }

  @Test
  void waitingForADisabledDependencyEndsWithFourAndNamesTheEdge() throws IOException {
    try (Served served = Served.asRoot(directory)) {
      served.machine.with(definition(WEB, DATABASE), InstanceState.OFFLINE, true);
      served.machine.with(definition(DATABASE), InstanceState.DISABLED, false);
      List<String> answer = send(served, act("enable", false, false, true, "web"));
      assertThat(answer.getLast())
          .contains("has unsatisfied dependencies.")
          .contains("\"status\":4");
    }
  }

  @Test
  void waitingTellsWhatItWaitsForAndEndsWhenItIsThere() throws IOException {
    try (Served served = Served.asRoot(directory);
        Served.Client client = served.connect()) {
      served.machine.with(definition(WEB, DATABASE), InstanceState.OFFLINE, true);
      served.machine.with(definition(DATABASE), InstanceState.OFFLINE, InstanceState.ONLINE, true);
      client.send(
          new String(act("enable", false, false, true, "web").toLine(), StandardCharsets.UTF_8));
      List<String> lines = new ArrayList<>();
      while (lines.isEmpty() || !lines.getLast().contains("progress")) {
        lines.add(client.line());
      }
      assertThat(lines.getLast()).contains("\"blockers\"").contains("svc:/site/db:default");
      served.machine.with(definition(WEB, DATABASE), InstanceState.ONLINE, true);
      assertThat(client.answer()).last().isEqualTo("{\"outcome\":{}}");
    }
  }
}
