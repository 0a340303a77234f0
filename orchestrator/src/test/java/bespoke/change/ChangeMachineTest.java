package bespoke.change;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Facts in, orders out.
class ChangeMachineTest {
  private static final InstanceFmri DB = InstanceFmri.parse("site/db");
  private static final InstanceFmri WEB = InstanceFmri.parse("site/web");
  private static final InstanceFmri NEW = InstanceFmri.parse("site/new");
  private static final InstanceFmri OUTSIDE = InstanceFmri.parse("site/outside");

  private final List<Order> orders = new ArrayList<>();

  private static Member member(InstanceFmri instance, Need need, int wave) {
    return new Member(instance, Member.Effect.CHANGED, need, false, false, wave);
  }

  private static Condition at(InstanceState state) {
    return new Condition(state, false, true, "reason", "");
  }

  private static Condition moving(InstanceState state) {
    return new Condition(state, true, true, "reason", "");
  }

  private static Map<InstanceFmri, Condition> online(InstanceFmri... instances) {
    Map<InstanceFmri, Condition> conditions = new LinkedHashMap<>();
    for (InstanceFmri instance : instances) {
      conditions.put(instance, at(InstanceState.ONLINE));
    }
    return conditions;
  }

  private ChangeMachine machine(List<Member> members, InstanceFmri... ran) {
    return new ChangeMachine(members, Set.of(ran));
  }

  private List<Order> tell(ChangeMachine machine, Fact... facts) {
    orders.clear();
    for (Fact fact : facts) {
      orders.addAll(machine.handle(fact));
    }
    return orders;
  }

  private static Fact[] restarted(InstanceFmri instance) {
    return new Fact[] {
      new Fact.Moved(instance, moving(InstanceState.ONLINE)),
      new Fact.Moved(instance, at(InstanceState.OFFLINE)),
      new Fact.Moved(instance, moving(InstanceState.OFFLINE)),
      new Fact.Moved(instance, at(InstanceState.ONLINE))
    };
  }

  private ChangeMachine twoWaves() {
    ChangeMachine machine =
        machine(List.of(member(DB, Need.RESTART, 0), member(WEB, Need.RESTART, 1)), DB, WEB);
    machine.handle(new Fact.Began());
    tell(machine, new Fact.CameIntoForce(online(DB, WEB), Set.of(DB, WEB)));
    return machine;
  }

  @Test
  void theSecondWaveWaitsForTheHealthOfTheFirst() {
    ChangeMachine machine = twoWaves();
    assertThat(orders).contains(new Order.Restart(DB)).doesNotContain(new Order.Restart(WEB));
    tell(machine, restarted(DB));
    assertThat(orders).contains(new Order.Restart(WEB));
    tell(machine, restarted(WEB));
    assertThat(orders).contains(new Order.End(Standing.COMPLETE, ""));
  }

  @Test
  void nothingIsRestartedThatWasStartedSinceItsDefinitionCameIntoForce() {
    ChangeMachine machine = twoWaves();
    tell(machine, restarted(WEB)); // for the database's sake
    tell(machine, restarted(DB));
    assertThat(orders).contains(new Order.End(Standing.COMPLETE, ""));
    assertThat(orders).doesNotContain(new Order.Restart(WEB));
  }

  @Test
  void aMemberThatWaitsInVainTakesEverythingBackButOnlyWhenItsWaveHasCome() {
    ChangeMachine machine = twoWaves();
    Condition inVain =
        at(InstanceState.OFFLINE).blockedBy("its require_all \"x\" is not satisfied");
    tell(machine, new Fact.Moved(WEB, inVain));
    assertThat(orders).isEmpty(); // what it needs may be part of the first wave
    tell(machine, restarted(DB));
    assertThat(orders).contains(new Order.Look(WEB));
    tell(machine, new Fact.Moved(WEB, inVain));
    assertThat(orders)
        .containsExactly(
            new Order.Remember(
                Standing.ROLLING_BACK,
                WEB + " is offline for good: its require_all \"x\" is not satisfied"),
            new Order.PutInForce(Direction.BACK));
  }

  @Test
  void whatADeadDaemonStartedAnewMustStillProveToBeWell() {
    Member monitored = new Member(WEB, Member.Effect.CHANGED, Need.RESTART, true, true, 0);
    ChangeMachine machine = machine(List.of(monitored), WEB);
    tell(
        machine,
        new Fact.Resumed(Standing.APPLYING, "", 1),
        new Fact.CameIntoForce(online(WEB), Set.of()));
    assertThat(orders)
        .noneMatch(Order.End.class::isInstance)
        .contains(new Order.PutInForce(Direction.FORWARD));
    tell(machine, new Fact.MonitorAnswered(WEB, true, ""));
    assertThat(orders).contains(new Order.End(Standing.COMPLETE, ""));

    ChangeMachine another = machine(List.of(monitored), WEB);
    tell(
        another,
        new Fact.Resumed(Standing.APPLYING, "", 1),
        new Fact.CameIntoForce(online(WEB), Set.of()),
        new Fact.MonitorAnswered(WEB, false, ""),
        new Fact.Moved(WEB, at(InstanceState.DEGRADED)));
    assertThat(orders)
        .contains(new Order.Remember(Standing.ROLLING_BACK, WEB + " is degraded (reason)"));
  }

  @Test
  void aMemberInMaintenanceTakesEverythingBack() {
    ChangeMachine machine = twoWaves();
    tell(machine, restarted(DB));
    tell(
        machine,
        new Fact.Moved(WEB, at(InstanceState.OFFLINE)),
        new Fact.Moved(WEB, at(InstanceState.MAINTENANCE)));
    assertThat(orders)
        .containsExactly(
            new Order.Remember(Standing.ROLLING_BACK, WEB + " is maintenance (reason)"),
            new Order.PutInForce(Direction.BACK));
    Map<InstanceFmri, Condition> now = online(DB);
    now.put(WEB, at(InstanceState.MAINTENANCE));
    tell(machine, new Fact.CameIntoForce(now, Set.of(DB)));
    assertThat(orders).contains(new Order.Restart(DB)).doesNotContain(new Order.Clear(WEB));
    tell(machine, restarted(DB));
    assertThat(orders).contains(new Order.Clear(WEB));
    tell(
        machine,
        new Fact.Moved(WEB, at(InstanceState.OFFLINE)),
        new Fact.Moved(WEB, at(InstanceState.ONLINE)));
    assertThat(orders)
        .contains(new Order.End(Standing.ROLLED_BACK, WEB + " is maintenance (reason)"));
  }

  @Test
  void onlyWhatWasStartedWithTheNewConfigurationIsRestartedOnTheWayBack() {
    ChangeMachine machine = twoWaves();
    tell(machine, new Fact.RollbackRequested("anna"));
    assertThat(orders).contains(new Order.Remember(Standing.ROLLING_BACK, "anna asked for it"));
    tell(machine, new Fact.CameIntoForce(online(DB, WEB), Set.of()));
    assertThat(orders).contains(new Order.End(Standing.ROLLED_BACK, "anna asked for it"));
  }

  @Test
  void aRefreshIsWaitedForAndDoneAgainOnTheWayBack() {
    ChangeMachine machine =
        machine(List.of(member(DB, Need.REFRESH, 0), member(WEB, Need.RESTART, 1)), DB, WEB);
    machine.handle(new Fact.Began());
    tell(machine, new Fact.CameIntoForce(online(DB, WEB), Set.of(WEB)));
    assertThat(orders).contains(new Order.Refresh(DB)).doesNotContain(new Order.Restart(WEB));
    tell(machine, new Fact.Refreshed(DB));
    assertThat(orders).contains(new Order.Restart(WEB));
    tell(machine, new Fact.RollbackRequested("anna"));
    tell(machine, new Fact.CameIntoForce(online(DB, WEB), Set.of()));
    assertThat(orders).contains(new Order.Refresh(DB)).doesNotContain(new Order.Restart(WEB));
  }

  @Test
  void theFirstGoodAnswerOfTheMonitorMethodIsWaitedFor() {
    ChangeMachine machine =
        machine(List.of(new Member(DB, Member.Effect.CHANGED, Need.RESTART, true, true, 0)), DB);
    machine.handle(new Fact.Began());
    tell(machine, new Fact.CameIntoForce(online(DB), Set.of(DB)));
    tell(machine, new Fact.MonitorAnswered(DB, true, "")); // of what ran before
    tell(machine, restarted(DB));
    assertThat(orders).isEmpty();
    tell(machine, new Fact.MonitorAnswered(DB, false, "status 1"));
    assertThat(orders).isEmpty();
    tell(machine, new Fact.MonitorAnswered(DB, true, ""));
    assertThat(orders).contains(new Order.End(Standing.COMPLETE, ""));
  }

  @Test
  void whatIsCreatedIsAdmittedInItsWave() {
    ChangeMachine machine =
        machine(
            List.of(
                member(DB, Need.RESTART, 0),
                new Member(NEW, Member.Effect.CREATED, Need.RESTART, false, false, 1)),
            DB);
    machine.handle(new Fact.Began());
    tell(machine, new Fact.CameIntoForce(online(DB), Set.of(DB)));
    assertThat(orders).noneMatch(Order.Admit.class::isInstance);
    tell(machine, restarted(DB));
    assertThat(orders).contains(new Order.Admit(Direction.FORWARD, List.of(NEW)));
    tell(machine, new Fact.Moved(NEW, at(InstanceState.ONLINE)));
    assertThat(orders).contains(new Order.End(Standing.COMPLETE, ""));
  }

  @Test
  void whoDependsOnTheSetMustComeBackToo() {
    ChangeMachine machine = machine(List.of(member(DB, Need.RESTART, 0)), DB, OUTSIDE);
    machine.handle(new Fact.Began());
    tell(machine, new Fact.CameIntoForce(online(DB, OUTSIDE), Set.of(DB)));
    tell(machine, new Fact.Moved(OUTSIDE, at(InstanceState.OFFLINE)));
    tell(machine, restarted(DB));
    assertThat(orders).isEmpty();
    tell(machine, new Fact.Moved(OUTSIDE, at(InstanceState.MAINTENANCE)));
    assertThat(orders).contains(new Order.PutInForce(Direction.BACK));
    assertThat(orders.getFirst().toString()).contains("depends on what changed, is maintenance");
  }

  @Test
  void whoWaitsIsLookedAtAgainWhenSomebodyOutsideComesToRest() {
    ChangeMachine machine = twoWaves();
    tell(machine, new Fact.Moved(DB, at(InstanceState.OFFLINE)));
    tell(machine, new Fact.Moved(WEB, at(InstanceState.OFFLINE)));
    tell(machine, new Fact.CameToRest(OUTSIDE));
    assertThat(orders).as("not WEB, whose wave has not come").containsExactly(new Order.Look(DB));
    tell(machine, new Fact.Moved(DB, at(InstanceState.OFFLINE).blockedBy("it needs outside")));
    assertThat(orders).contains(new Order.PutInForce(Direction.BACK));
    assertThat(tell(machine, new Fact.CameToRest(OUTSIDE))).isEmpty();
  }

  @Test
  void aFactCostsTheSameHoweverManyServicesThereAre() {
    for (int count : new int[] {10, 5_000}) {
      List<InstanceFmri> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(InstanceFmri.parse("site/s" + i));
      }
      InstanceFmri[] everybody = all.toArray(InstanceFmri[]::new);
      List<Member> members =
          List.of(member(everybody[0], Need.RESTART, 0), member(everybody[1], Need.RESTART, 1));
      ChangeMachine machine = machine(members, everybody);
      machine.handle(new Fact.Began());
      tell(machine, new Fact.CameIntoForce(online(everybody), Set.of(everybody[0], everybody[1])));
      long before = machine.judgements();
      int facts = 0;
      for (int i = count - 1; i >= 0; i--) {
        facts += tell(machine, restarted(everybody[i])).isEmpty() ? 4 : 5;
      }
      assertThat(machine.standing()).isEqualTo(Standing.COMPLETE);
      assertThat(machine.judgements() - before).isBetween((long) count, facts + 2L);
    }
  }

  @Test
  void patienceEndsWithTheNameOfWhoIsMissing() {
    ChangeMachine machine = twoWaves();
    int number =
        orders.stream()
            .filter(Order.AwaitHealth.class::isInstance)
            .mapToInt(order -> ((Order.AwaitHealth) order).number())
            .findFirst()
            .orElseThrow();
    assertThat(tell(machine, new Fact.PatienceEnded(number - 1))).isEmpty();
    tell(machine, new Fact.PatienceEnded(number));
    assertThat(orders.getFirst().toString()).contains(DB.toString(), "patience ended");
  }

  @Test
  void aChangeThatCostsThreeDaemonsIsTakenBackByTheFourth() {
    List<Member> members = List.of(member(DB, Need.RESTART, 0));
    assertThat(machine(members, DB).handle(new Fact.Resumed(Standing.APPLYING, "", 3)))
        .containsExactly(new Order.PutInForce(Direction.FORWARD));
    assertThat(machine(members, DB).handle(new Fact.Resumed(Standing.APPLYING, "", 4)))
        .contains(new Order.PutInForce(Direction.BACK));
    assertThat(machine(members, DB).handle(new Fact.Resumed(Standing.ROLLING_BACK, "why", 1)))
        .containsExactly(new Order.PutInForce(Direction.BACK));
  }

  @Test
  void whatCannotBePutBackWaitsUntilSomebodyAsksAgain() {
    ChangeMachine machine = twoWaves();
    tell(machine, new Fact.RollbackRequested("anna"), new Fact.WasRefused("no space"));
    assertThat(orders.getLast().toString()).contains("cannot be put back: no space");
    assertThat(machine.standing()).isEqualTo(Standing.ROLLING_BACK);
    assertThat(tell(machine, new Fact.RollbackRequested("anna")))
        .containsExactly(new Order.PutInForce(Direction.BACK));
  }
}
