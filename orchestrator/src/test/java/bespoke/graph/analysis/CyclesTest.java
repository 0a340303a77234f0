package bespoke.graph.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.graph.Definitions;
import bespoke.graph.SampleGraphs;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.RestartOn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CyclesTest {

  @Test
  void aGraphWithoutCyclesHasNone() {
    assertThat(cycles("A require_all B C", "B require_any C", "C")).isEmpty();
  }

  @Test
  void everyEdgeOfACycleIsNamedWithItsLine() {
    List<Cycle> cycles = cycles("A require_all B", "B optional_all C", "C require_any A X", "X");
    assertThat(cycles).hasSize(1);
    assertThat(cycles.getFirst().refusal())
        .containsExactly(
            "t.yaml:1:1: cannot add svc:/t/A:default: its dependencies lead back to itself:",
            "  svc:/t/A:default depends on svc:/t/B (dependency \"d0\", require_all, at"
                + " t.yaml:1:1)",
            "  svc:/t/B:default depends on svc:/t/C (dependency \"d0\", optional_all, at"
                + " t.yaml:2:1)",
            "  svc:/t/C:default depends on svc:/t/A (dependency \"d0\", require_any, at"
                + " t.yaml:3:1)",
            "  Remove one of these dependencies.");
  }

  @Test
  void aDependencyOnItselfIsACycle() {
    assertThat(cycles("A require_all A").getFirst().instances())
        .containsExactly(Definitions.fmri("A"));
  }

  @Test
  void aServiceLeadsToEachOfItsInstances() {
    assertThat(cycles("A:x require_all B", "A:y", "B require_all A")).hasSize(1);
  }

  @Test
  void exclusionsAreNoCycles() {
    assertThat(cycles("A exclude_all B", "B exclude_all A")).isEmpty();
  }

  @Test
  void theRestarterCounts() {
    InstanceDefinition restarter = Definitions.of("R require_all A").getFirst();
    InstanceDefinition bare = InstanceDefinition.bare(Definitions.fmri("A"));
    InstanceDefinition delegated =
        new InstanceDefinition(
            bare.fmri(),
            Optional.of(Definitions.fmri("R")),
            bare.dependencies(),
            bare.methods(),
            bare.startd(),
            bare.readiness(),
            bare.monitor(),
            bare.resources(),
            bare.template(),
            bare.invalid(),
            bare.problems(),
            bare.origin());
    List<Cycle> cycles = Cycles.of(InstanceGraph.of(List.of(restarter, delegated)));
    assertThat(cycles).hasSize(1);
    assertThat(cycles.getFirst().edges().getFirst().describe())
        .isEqualTo(
            "svc:/t/A:default depends on svc:/t/R:default (dependency \"restarter\", require_all)");
  }

  @Test
  void twoCyclesThatShareAnInstanceAreBothShown() {
    List<Cycle> cycles = cycles("A require_all B C", "B require_all A", "C require_all A");
    assertThat(cycles.stream().map(Cycle::instances))
        .containsExactly(Definitions.fmris("A B"), Definitions.fmris("C A"));
  }

  @Test
  void aCycleOfAHundredThousandIsNamedWhole() {
    List<InstanceDefinition> chain = new ArrayList<>(SampleGraphs.chain(100_000, RestartOn.NONE));
    InstanceFmri last = SampleGraphs.fmri(99_999);
    chain.set(
        0,
        Definitions.define(
            SampleGraphs.fmri(0),
            Definitions.of("x require_all s99999").getFirst().dependencies()));
    List<Cycle> cycles = Cycles.of(InstanceGraph.of(chain));
    assertThat(cycles).hasSize(1);
    assertThat(cycles.getFirst().instances()).hasSize(100_000).contains(last);
  }

  private static List<Cycle> cycles(String... lines) {
    return Cycles.of(InstanceGraph.of(Definitions.of(lines)));
  }
}
