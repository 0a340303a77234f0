package bespoke.explain.why;

import static bespoke.engine.House.dependency;
import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Event;
import bespoke.engine.House;
import bespoke.model.Actor;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.MethodOutcome;
import bespoke.model.Readiness;
import bespoke.model.RestartOn;
import bespoke.plan.Behaviour;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WhyTest {
  private static final Optional<Actor> ALICE =
      Optional.of(
          new Actor(
              "alice", 1000, 1000, 42, "/jdk/bin/java -cp x bespoke.cli.Main svcadm restart db"));

  private final House house = new House();
  private final Recording recording = new Recording(house.simulation());

  @Test
  void whoCameUpAtBootSaysSo() {
    shop(RestartOn.RESTART);
    Account web = recording.tell(fmri("web"));
    assertThat(web.headline())
        .isEqualTo(
            "svc:/t/web:default has been online since 2023-11-14 22:13:20. The daemon read the"
                + " services at its start.");
    assertThat(texts(web))
        .startsWith(
            "svc:/t/web:default came online because its start method succeeded.",
            "svc:/t/web:default began to start because its dependencies are satisfied.",
            "svc:/t/db:default came online because its start method succeeded.");
  }

  @Test
  void aReportOfReadinessAnswersToTheStart() {
    InstanceFmri db = fmri("db");
    Readiness notify =
        new Readiness(Readiness.Kind.SD_NOTIFY, -1, Optional.empty(), Optional.empty());
    house.enabled(House.with(service("db"), notify)).load().settle();
    long contract =
        house.simulation().engine().status(db).orElseThrow().runtime().contract().orElseThrow();
    house.happen(new Event.ReadinessReported(db, contract)).settle();
    Account account = recording.tell(db);
    assertThat(account.state()).isEqualTo(InstanceState.ONLINE);
    assertThat(account.root().text()).isEqualTo("The daemon read the services at its start.");
  }

  @Test
  void whoWasRestartedNamesTheProcessOfTheOtherServiceThatWasKilled() {
    shop(RestartOn.RESTART);
    house.kill("db").settle();
    Account web = recording.tell(fmri("web"));
    assertThat(web.headline())
        .isEqualTo(
            "svc:/t/web:default has been online since 2023-11-14 22:13:20 because"
                + " svc:/t/db:default restarted: its process 1 was killed by signal 9 (SIGKILL).");
    assertThat(web.root().text())
        .isEqualTo("svc:/t/db:default: its process 1 was killed by signal 9 (SIGKILL).");
    assertThat(texts(web))
        .contains("svc:/t/db:default began to start because its dependencies are satisfied.");
  }

  @Test
  void processesThatEndByThemselvesAreTheRootWhateverWasAskedBefore() {
    shop(RestartOn.RESTART);
    house.kill("db").settle();
    InstanceFmri db = fmri("db");
    long contract =
        house.simulation().engine().status(db).orElseThrow().runtime().contract().orElseThrow();
    house.happen(new Event.ContractEmptied(db, contract)).settle();
    assertThat(recording.tell(fmri("web")).root().text())
        .isEqualTo("svc:/t/db:default: its last process ended.");
  }

  @Test
  void thePersonAtTheRootIsNamedWithTheCommand() {
    shop(RestartOn.RESTART);
    house.simulation().happen(new Event.RestartRequested(fmri("db"), false), ALICE);
    house.settle();
    Account web = recording.tell(fmri("web"));
    assertThat(web.headline())
        .endsWith(
            "because svc:/t/db:default restarted: an administrator, alice (uid 1000, pid 42: svcadm"
                + " restart db), restarted svc:/t/db:default.");
    assertThat(web.root().actor()).isEqualTo(ALICE);
    assertThat(web.root().text())
        .isEqualTo(
            "An administrator, alice (uid 1000, pid 42: svcadm restart db), restarted"
                + " svc:/t/db:default.");
  }

  @Test
  void whoWasDisabledAndWhoWaitsForItAreTold() {
    shop(RestartOn.RESTART);
    house.simulation().happen(new Event.EnableRequested(fmri("db"), false, false, "disk"), ALICE);
    house.settle();
    assertThat(recording.tell(fmri("db")).root().text())
        .contains("alice")
        .endsWith("disabled svc:/t/db:default, saying \"disk\".");
    Account web = recording.tell(fmri("web"));
    assertThat(web.state()).isEqualTo(InstanceState.OFFLINE);
    assertThat(web.notes()).containsExactly("Service svc:/t/db:default is disabled.");
    assertThat(web.root().actor()).isEqualTo(ALICE);
  }

  @Test
  void whoKeptRunningSaysWhyItWasNotRestarted() {
    shop(RestartOn.NONE);
    house.pass(House.LONG).restart("db").settle();
    assertThat(recording.tell(fmri("web")).notes())
        .containsExactly(
            "It was not restarted when svc:/t/db:default stopped (an administrator restarted it),"
                + " because its dependency \"database\" has restart_on none.");
  }

  @Test
  void maintenanceNamesTheMethodThatFailed() {
    house
        .enabled(service("db"))
        .behaves("db", Behaviour.INSTANT.startEnding(new MethodOutcome.Exited(1)))
        .load()
        .settle();
    Account db = recording.tell(fmri("db"));
    assertThat(db.headline()).contains("because it went to maintenance: ").contains("1");
    assertThat(db.notes())
        .containsExactly("Start method failed repeatedly, last exited with status 1.");
  }

  @Test
  void aRotatedJournalSaysThatItDoesNotReachBack() {
    shop(RestartOn.RESTART);
    recording.forgetBefore(recording.events().getLast().id());
    Account web = recording.tell(fmri("web"));
    assertThat(web.root().text()).isEqualTo("The journal does not reach back to the beginning.");
    assertThat(web.headline())
        .isEqualTo("svc:/t/web:default has been online since 2023-11-14 22:13:20.");
  }

  @Test
  void everyTransitionOfARandomDayReachesARoot() {
    shop(RestartOn.REFRESH);
    for (int i = 0; i < 20; i++) {
      house.restart("db").settle().kill("web").settle().refresh("db").settle();
      house.disable("web").settle().enable("web").settle();
    }
    for (InstanceFmri instance : List.of(fmri("web"), fmri("db"), fmri("log"))) {
      Account account = recording.tell(instance);
      assertThat(account.root().event()).isPositive();
      assertThat(account.links()).isNotEmpty();
    }
  }

  private void shop(RestartOn restartOn) {
    house
        .enabled(service("log"))
        .enabled(
            service("db", dependency("log", Grouping.REQUIRE_ALL, RestartOn.NONE, fmri("log"))))
        .enabled(
            service("web", dependency("database", Grouping.REQUIRE_ALL, restartOn, fmri("db"))))
        .load()
        .settle();
  }

  private static List<String> texts(Account account) {
    return account.links().stream().map(Account.Link::text).toList();
  }
}
