package bespoke.graph.analysis;

import static bespoke.graph.analysis.Effect.Kind.MAY_START;
import static bespoke.graph.analysis.Effect.Kind.RESTARTS;
import static bespoke.graph.analysis.Effect.Kind.STAYS;
import static bespoke.graph.analysis.Effect.Kind.STOPS;
import static bespoke.graph.analysis.Occurrence.CRASHED;
import static bespoke.graph.analysis.Occurrence.DISABLED;
import static bespoke.graph.analysis.Occurrence.FAILED;
import static bespoke.graph.analysis.Occurrence.REFRESHED;
import static bespoke.graph.analysis.Occurrence.RESTARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bespoke.graph.Definitions;
import bespoke.graph.SampleGraphs;
import bespoke.model.InstanceFmri;
import bespoke.model.RestartOn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImpactTest {

  @ParameterizedTest
  @CsvSource({
    "CRASHED,   STAYS, RESTARTS, RESTARTS, RESTARTS",
    "RESTARTED, STAYS, STAYS,    RESTARTS, RESTARTS",
    "DISABLED,  STAYS, STAYS,    STOPS,    STOPS",
    "FAILED,    STAYS, STOPS,    STOPS,    STOPS",
  })
  void restartOnDecidesWhoFollows(
      Occurrence occurrence,
      Effect.Kind none,
      Effect.Kind error,
      Effect.Kind restart,
      Effect.Kind refresh) {
    Map<String, Effect.Kind> effects =
        kinds(
            occurrence,
            "none require_all/none X",
            "error require_all/error X",
            "restart require_all/restart X",
            "refresh require_all/refresh X",
            "X");
    assertThat(effects)
        .containsOnly(
            Map.entry("none", none),
            Map.entry("error", error),
            Map.entry("restart", restart),
            Map.entry("refresh", refresh));
  }

  @Test
  void aRefreshRestartsOnlyWhoAsksForIt() {
    assertThat(kinds(REFRESHED, "A require_all/refresh X", "B require_all/restart X", "X"))
        .containsOnly(Map.entry("A", RESTARTS), Map.entry("B", STAYS));
    assertThat(kinds(REFRESHED, "B require_all/restart X", "X")).isEmpty();
  }

  @Test
  void aFaultGoesOneHopAsAnErrorAndThenAsARestart() {
    assertThat(
            kinds(
                CRASHED,
                "A require_all/error X",
                "B require_all/error A",
                "C require_all/restart A",
                "X"))
        .containsOnly(Map.entry("A", RESTARTS), Map.entry("B", STAYS), Map.entry("C", RESTARTS));
  }

  @Test
  void whoHasAnotherMemberIsBouncedAndComesBack() {
    assertThat(kinds(DISABLED, "A require_any/restart X Y", "B require_all/restart A", "X", "Y"))
        .containsOnly(Map.entry("A", RESTARTS), Map.entry("B", RESTARTS));
  }

  @Test
  void whoLosesTheLastMemberStopsForGood() {
    Map<String, Effect.Kind> effects =
        kinds(
            DISABLED,
            "A require_any/restart P Q",
            "P require_all/restart X",
            "Q require_all/restart X",
            "X");
    assertThat(effects)
        .containsOnly(Map.entry("A", STOPS), Map.entry("P", STOPS), Map.entry("Q", STOPS));
  }

  @Test
  void anotherInstanceOfTheServiceKeepsItStartable() {
    List<Effect> effects =
        Impact.of(
            InstanceGraph.of(Definitions.of("A require_all/restart S", "S:x", "S:y")),
            Definitions.fmri("S:x"),
            DISABLED,
            fmri -> true);
    assertThat(effects.getFirst().kind()).isEqualTo(RESTARTS);
  }

  @Test
  void anOptionalDependencyNeverKeepsAnyoneDown() {
    assertThat(kinds(FAILED, "A optional_all/restart X", "X"))
        .containsOnly(Map.entry("A", RESTARTS));
  }

  @Test
  void whoRunsWithSomethingUnmetCannotStartAgain() {
    List<Effect> effects =
        Impact.of(
            InstanceGraph.of(
                Definitions.of("A require_all/restart X", "A require_all/none Off", "X", "Off")),
            Definitions.fmri("X"),
            RESTARTED,
            fmri -> !fmri.equals(Definitions.fmri("Off")));
    assertThat(effects.getFirst().kind()).isEqualTo(STOPS);
    assertThat(effects.getFirst().why())
        .isEqualTo(
            "it follows svc:/t/X:default by dependency \"d0\" (require_all) with restart_on"
                + " restart; it cannot start again without dependency \"d1\" (require_all)");
  }

  @Test
  void whoWasExcludedMayStartAndWhoIsNotRunningIsNotHit() {
    Set<InstanceFmri> waiting = Set.of(Definitions.fmri("E"), Definitions.fmri("off"));
    List<Effect> effects =
        Impact.of(
            InstanceGraph.of(Definitions.of("E exclude_all X", "off require_all/restart X", "X")),
            Definitions.fmri("X"),
            DISABLED,
            fmri -> !waiting.contains(fmri));
    assertThat(effects).hasSize(1);
    assertThat(effects.getFirst().kind()).isEqualTo(MAY_START);
  }

  @Test
  void eachEffectNamesTheEdgeItCameOver() {
    List<Effect> effects =
        effects(RESTARTED, "A require_all/restart B", "B require_all/restart X", "X");
    assertThat(effects.getLast().edge().to()).isEqualTo(effects.getFirst().fmri());
    assertThat(effects.getFirst().edge().to()).isEqualTo(Definitions.fmri("X"));
  }

  @Test
  void anUnknownInstanceIsAMistakeOfTheCaller() {
    assertThatThrownBy(() -> effects(DISABLED, "A")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aChainOfAHundredThousandStops() {
    List<Effect> effects =
        Impact.of(
            InstanceGraph.of(SampleGraphs.chain(100_000, RestartOn.RESTART)),
            SampleGraphs.fmri(0),
            DISABLED,
            fmri -> true);
    assertThat(effects).hasSize(99_999).allMatch(effect -> effect.kind() == STOPS);
  }

  private static Map<String, Effect.Kind> kinds(Occurrence occurrence, String... lines) {
    Map<String, Effect.Kind> kinds = new LinkedHashMap<>();
    for (Effect effect : effects(occurrence, lines)) {
      kinds.put(effect.fmri().service().substring(2), effect.kind());
    }
    return kinds;
  }

  private static List<Effect> effects(Occurrence occurrence, String... lines) {
    InstanceGraph graph = InstanceGraph.of(Definitions.of(lines));
    return Impact.of(graph, Definitions.fmri("X"), occurrence, fmri -> true);
  }
}
