package bespoke.plan;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Engine;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.engine.House;
import bespoke.model.Dependency;
import bespoke.model.EnabledSetting;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Origin;
import bespoke.model.RestartOn;
import bespoke.model.StartdChoices;
import bespoke.model.StartdOptions;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A plan is the engine itself in another world, so it says what then happens.
class PlanTest {
  private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
  private static final InstanceFmri DATABASE = InstanceFmri.parse("svc:/site/db:default");

  private static InstanceDefinition definition(InstanceFmri fmri, InstanceFmri... requires) {
    InstanceDefinition bare = InstanceDefinition.bare(fmri);
    return new InstanceDefinition(
        fmri,
        bare.restarter(),
        requires.length == 0
            ? List.of()
            : List.of(
                new Dependency(
                    "requires",
                    Grouping.REQUIRE_ALL,
                    RestartOn.RESTART,
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

  private static Event.InstanceImport enabled(InstanceDefinition definition) {
    return new Event.InstanceImport(definition, EnabledSetting.permanently(true), Optional.empty());
  }

  private static Simulation running() {
    Simulation simulation =
        new Simulation(new Engine(), 0, 0, fmri -> Behaviour.INSTANT, file -> false);
    simulation.happen(
        new Event.DefinitionsImported(
            List.of(enabled(definition(WEB, DATABASE)), enabled(definition(DATABASE))), List.of()),
        Optional.empty());
    simulation.run(Duration.ofHours(1), 100_000);
    return simulation;
  }

  private static Plan plan(Simulation simulation, Event asked) {
    return Plan.of(simulation.present(), List.of(asked), Durations.GUESSED, file -> false);
  }

  private static List<String> texts(Plan plan) {
    return plan.steps().stream().map(Plan.Step::transition).map(PlanTest::text).toList();
  }

  private static String text(Transition it) {
    return it.instance().service() + " " + it.from() + "->" + it.to();
  }

  @Test
  void aPlanForDisableNamesDependentsFirstAndIsWhatHappens() {
    Simulation simulation = running();
    Event disable = new Event.EnableRequested(DATABASE, false, false, "");
    Plan plan = plan(simulation, disable);
    int before = simulation.transitions().size();
    simulation.happen(disable, Optional.empty());
    simulation.run(Duration.ofHours(2), 100_000);
    List<String> happened =
        simulation.transitions().stream()
            .skip(before)
            .filter(Transition::changesState)
            .map(PlanTest::text)
            .toList();
    assertThat(texts(plan))
        .isEqualTo(happened)
        .startsWith("site/web online->offline")
        .contains("site/db online->disabled");
  }

  @Test
  void nobodyMovesThroughAnotherOfTheSameImport() {
    Simulation empty = new Simulation(new Engine(), 0, 0, fmri -> Behaviour.INSTANT, file -> false);
    Plan plan =
        plan(
            empty,
            new Event.DefinitionsImported(
                List.of(
                    enabled(House.service("idle")),
                    enabled(needing("first")),
                    enabled(needing("second", "first")),
                    enabled(needing("third", "second"))),
                List.of()));
    assertThat(plan.effects()).hasSize(4);
    assertThat(plan.effects()).noneMatch(it -> it.path().contains(House.fmri("idle")));
    assertThat(plan.effects()).anyMatch(it -> it.path().contains(House.fmri("second")));
  }

  private static InstanceDefinition needing(String name, String... needs) {
    return House.service(
        name,
        List.of(needs).stream()
            .map(it -> House.dependency(it, Grouping.REQUIRE_ALL, RestartOn.NONE, House.fmri(it)))
            .toArray(Dependency[]::new));
  }

  @Test
  void aPlanChangesNothing() {
    Simulation simulation = running();
    List<InstanceStatus> now = simulation.engine().statuses();
    plan(simulation, new Event.EnableRequested(WEB, false, true, ""));
    assertThat(simulation.engine().statuses()).isEqualTo(now);
  }

  @Test
  void whatIsSoAlreadyNeedsNoStep() {
    Plan plan = plan(running(), new Event.EnableRequested(WEB, true, false, ""));
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.isEmpty()).isTrue();
  }

  @Test
  void envelopesOfAPlanNeverReachTheRealEngine() {
    Simulation simulation = running();
    Engine engine = simulation.engine();
    plan(simulation, new Event.ShutdownRequested());
    assertThat(
            engine.handle(
                new Envelope(
                    1_000_000, 0, 0, 0, Optional.empty(), new Event.RestartRequested(WEB, false))))
        .isNotEmpty();
  }

  private static Simulation delegated() {
    Simulation simulation =
        new Simulation(new Engine(), 0, 0, fmri -> Behaviour.INSTANT, file -> false);
    InstanceDefinition program = definition(WEB).restartedBy(Optional.of(DATABASE));
    simulation.happen(
        new Event.DefinitionsImported(
            List.of(enabled(program), enabled(definition(DATABASE))), List.of()),
        Optional.empty());
    simulation.run(Duration.ofHours(1), 100_000);
    return simulation;
  }

  @Test
  void instancesOfADelegatedRestarterStartWithItAndComeBack() {
    Simulation simulation = delegated();
    assertThat(simulation.engine().status(WEB).orElseThrow().runtime().state())
        .isEqualTo(InstanceState.ONLINE);
    Plan restart = plan(simulation, new Event.RestartRequested(WEB, false));
    assertThat(texts(restart))
        .containsExactly("site/web online->offline", "site/web offline->online");
    assertThat(restart.duration()).isEqualTo(Duration.ofSeconds(2));
    assertThat(texts(plan(simulation, new Event.EnableRequested(WEB, false, false, ""))))
        .containsExactly("site/web online->disabled");
    Plan all = plan(simulation, new Event.RestartRequested(DATABASE, false));
    assertThat(all.effects())
        .filteredOn(it -> it.kind() == Effect.Kind.RESTART)
        .extracting(Effect::instance)
        .containsExactlyInAnyOrder(WEB, DATABASE);
    assertThat(all.effects()).noneMatch(Effect::isLost);
  }

  @Test
  void aServiceThatIsItsOwnMethodTakesTheTimeThatWasLearned() {
    Simulation simulation =
        new Simulation(new Engine(), 0, 0, fmri -> Behaviour.INSTANT, file -> false);
    simulation.happen(
        new Event.DefinitionsImported(List.of(enabled(child())), List.of()), Optional.empty());
    simulation.run(Duration.ofHours(1), 100_000);
    Event restart = new Event.RestartRequested(House.fmri("web"), false);
    Durations learned =
        _ -> new Durations.Expected(Duration.ofMillis(70), Duration.ZERO, Duration.ZERO, true);
    assertThat(Plan.of(simulation.present(), List.of(restart), learned, _ -> false).duration())
        .isEqualTo(Duration.ofMillis(70));
    Plan guessed = plan(simulation, restart); // a second to stop, the cost of a process to start
    assertThat(guessed.duration()).isBetween(Duration.ofMillis(1001), Duration.ofMillis(1100));
  }

  private static InstanceDefinition child() {
    return House.service("web", StartdChoices.of(StartdOptions.Style.CHILD).options());
  }
}
