package bespoke.engine;

import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.AuxiliaryState;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.Origin;
import bespoke.model.Probe;
import bespoke.model.Severity;
import bespoke.model.Transition;
import bespoke.plan.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransitionTableTest {
  private final Set<TransitionTable> taken = EnumSet.noneOf(TransitionTable.class);

  @Test
  void theDiagramOfTheDocumentationIsMadeFromTheTable() throws IOException {
    Path docs = Path.of("docs/states.md");
    Path file = Files.exists(docs) ? docs : Path.of("..").resolve(docs);
    assertThat(Files.readString(file)).isEqualTo(StateDiagram.markdown());
  }

  /// One life with everything in it: an arrow that nobody can take has no place in the table.
  @Test
  void everyArrowIsTaken() {
    note(startAndStop());
    note(degraded());
    note(maintenanceFromEverywhere());
    note(delegated());
    assertThat(EnumSet.complementOf(EnumSet.copyOf(taken))).isEmpty();
  }

  private static House startAndStop() {
    return new House()
        .enabled(service("A"))
        .disabled(service("B"))
        .load()
        .settle()
        .restart("A")
        .settle()
        .disable("A")
        .settle()
        .enable("A")
        .disable("A")
        .settle()
        .enable("B")
        .settle();
  }

  private static House degraded() {
    MethodOutcome fails = new MethodOutcome.Exited(1);
    House house =
        new House()
            .enabled(House.with(service("A"), MethodKind.REFRESH, "/refresh", 5))
            .enabled(service("B"))
            .enabled(House.with(service("C"), MethodKind.STOP, "/stop", 5))
            .behaves("B", Behaviour.INSTANT.startEnding(new MethodOutcome.Exited(97)))
            .behaves("A", Behaviour.INSTANT.methodsEnding(fails))
            .behaves("C", Behaviour.INSTANT.methodsEnding(fails))
            .load()
            .settle()
            .refresh("A")
            .settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.DEGRADED);
    assertThat(house.state("B")).isEqualTo(InstanceState.DEGRADED);
    house.behaves("A", Behaviour.INSTANT).refresh("A").settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
    house.restart("B").settle().disable("B").settle();
    house.mark("C", InstanceState.DEGRADED).disable("C").settle();
    assertThat(house.state("C")).isEqualTo(InstanceState.MAINTENANCE);
    return house;
  }

  private static House maintenanceFromEverywhere() {
    House house =
        new House()
            .enabled(service("A"))
            .disabled(service("B"))
            .enabled(service("C"))
            .behaves("C", Behaviour.INSTANT.startEnding(new MethodOutcome.Exited(95)))
            .load()
            .settle()
            .mark("A", InstanceState.MAINTENANCE)
            .mark("B", InstanceState.MAINTENANCE)
            .settle()
            .disable("A")
            .clear("C")
            .settle();
    InstanceDefinition invalid =
        new InstanceDefinition(
            fmri("D"),
            Optional.empty(),
            List.of(),
            java.util.Map.of(),
            bespoke.model.StartdOptions.DEFAULT,
            bespoke.model.Readiness.METHOD,
            Optional.empty(),
            bespoke.model.Resources.NONE,
            bespoke.model.Template.NONE,
            Optional.of(AuxiliaryState.INVALID_DEPENDENCY),
            List.of("cannot read the dependency \"x\"."),
            Origin.UNKNOWN);
    return house.enabled(invalid).load().settle();
  }

  private static House delegated() {
    InstanceFmri restarter = fmri("R");
    InstanceDefinition program =
        new InstanceDefinition(
            fmri("P"),
            Optional.of(restarter),
            List.of(),
            java.util.Map.of(),
            bespoke.model.StartdOptions.DEFAULT,
            bespoke.model.Readiness.METHOD,
            Optional.empty(),
            bespoke.model.Resources.NONE,
            bespoke.model.Template.NONE,
            Optional.empty(),
            List.of(),
            Origin.UNKNOWN);
    return new House()
        .enabled(service("R"))
        .enabled(program)
        .load() // it is up again before its restarter is told anything
        .happen(
            new Event.RestarterReported(
                restarter,
                fmri("P"),
                InstanceState.ONLINE,
                null,
                AuxiliaryState.PER_CONFIGURATION,
                Severity.NONE,
                ""))
        .settle();
  }

  @Test
  void aMonitorMethodThatFailsDegradesAndRecovers() {
    Probe monitor =
        new Probe(
            Probe.Kind.TCP,
            "127.0.0.1:1",
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            2,
            1,
            Probe.OnFailure.DEGRADE,
            MethodContext.NONE,
            Origin.UNKNOWN);
    House house =
        new House().enabled(House.with(service("A"), monitor)).load().pass(Duration.ofSeconds(1));
    Engine engine = house.simulation().engine();
    assertThat(engine.status(fmri("A")).orElseThrow().enabled())
        .isEqualTo(EnabledSetting.permanently(true));
    answer(house, false);
    assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
    answer(house, false);
    assertThat(house.state("A")).isEqualTo(InstanceState.DEGRADED);
    assertThat(house.auxiliary("A")).isEqualTo("monitor_failed");
    answer(house, true);
    assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
  }

  /// Fires the probe's timer by hand and answers before the simulated world does.
  private static void answer(House house, boolean well) {
    long timer =
        house.decisions().stream()
            .filter(it ->
                it instanceof Decision.ScheduleTimer t && t.kind() == TimerKind.PROBE_INTERVAL)
            .map(it -> ((Decision.ScheduleTimer) it).timer())
            .reduce((_, last) -> last)
            .orElseThrow();
    house.happen(new Event.TimerFired(fmri("A"), timer));
    long run =
        house.decisions().stream()
            .filter(Decision.RunProbe.class::isInstance)
            .map(it -> ((Decision.RunProbe) it).run())
            .reduce((_, last) -> last)
            .orElseThrow();
    house.happen(new Event.ProbeAnswered(fmri("A"), run, well, "connection refused"));
  }

  private void note(House house) {
    for (Transition transition : house.simulation().transitions()) {
      for (TransitionTable arrow : TransitionTable.values()) {
        if (arrow.from() == transition.from() && arrow.to() == transition.to()) {
          taken.add(arrow);
        }
      }
    }
  }
}
