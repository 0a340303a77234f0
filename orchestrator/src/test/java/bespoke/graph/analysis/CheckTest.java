package bespoke.graph.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.graph.Definitions;
import bespoke.graph.SampleGraphs;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Method;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.Origin;
import bespoke.model.StartdChoices;
import bespoke.model.StartdOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CheckTest {

  @Test
  void aSoundGraphHasNoFindings() {
    assertThat(check("A require_all/restart B", "B optional_all C", "C")).isEmpty();
  }

  @Test
  void whatDoesNotExistIsNamedWithTheNearestThatDoes() {
    assertThat(check("A require_all databse", "database"))
        .containsExactly(
            "error missing-dependency svc:/t/A:default t.yaml:1:1: dependency \"d0\" (require_all)"
                + " names svc:/t/databse, which does not exist; did you mean svc:/t/database?");
    assertThat(check("A require_all B:x", "B"))
        .containsExactly(
            "error missing-dependency svc:/t/A:default t.yaml:1:1: dependency \"d0\" (require_all)"
                + " names svc:/t/B:x, which does not exist; did you mean svc:/t/B:default?");
    assertThat(check("A require_any B somewhere-else", "B").getFirst())
        .startsWith("warning missing-dependency")
        .endsWith("import it, or remove the dependency");
    assertThat(check("A optional_all somewhere-else").getFirst()).startsWith("info");
    assertThat(check("A exclude_all somewhere-else", "B require_all /etc/none")).isEmpty();
  }

  @Test
  void cyclesAreErrors() {
    assertThat(check("A require_all B", "B require_all A").getFirst())
        .startsWith("error dependency-cycle svc:/t/A:default t.yaml:1:1: its dependencies lead")
        .contains("at t.yaml:2:1");
  }

  @Test
  void whatIsRequiredAndExcludedCanNeverStart() {
    assertThat(
            check("A require_all B", "A exclude_all C", "B require_all C", "C", "D require_all A"))
        .containsExactly(
            "error impossible-exclusion svc:/t/A:default t.yaml:2:1: it requires svc:/t/C:default"
                + " and excludes it, but svc:/t/A:default excludes svc:/t/C (dependency \"d1\","
                + " exclude_all, at t.yaml:2:1), so it can never start; remove the exclusion or the"
                + " requirement");
    assertThat(check("A require_all B C", "B exclude_all C", "C").getFirst())
        .startsWith("error impossible-exclusion svc:/t/A:default t.yaml:2:1: it requires both");
    assertThat(check("A require_any B C", "B exclude_all C", "C")).isEmpty();
  }

  @Test
  void alternativesOnTheSameBaseAreNone() {
    assertThat(check("A require_any B C", "B require_all D", "C require_all D", "D"))
        .containsExactly(
            "warning illusory-alternative svc:/t/A:default t.yaml:1:1: the members of dependency"
                + " \"d0\" (require_any) all need svc:/t/D:default, so none is left when that"
                + " fails; give one member another base");
    assertThat(check("A require_any B C", "B require_all D", "C optional_all D", "D")).isEmpty();
  }

  @Test
  void aPlainOrderThatFollowsAnywayIsRedundant() {
    assertThat(check("A require_all B C", "B require_all C", "C"))
        .containsExactly(
            "info redundant-dependency svc:/t/A:default t.yaml:1:1: dependency \"d0\" on svc:/t/C"
                + " follows from the one on svc:/t/B:default; it can be left out");
    assertThat(check("A require_all/restart B C", "B require_all C", "C")).isEmpty();
    assertThat(check("A require_all B C", "B optional_all C", "C")).isEmpty();
  }

  @Test
  void whatIsEnabledButNeedsWhatIsDisabledIsNamed() {
    InstanceGraph graph =
        InstanceGraph.of(Definitions.of("A require_all off", "B require_any off C", "C", "off"));
    List<Finding> findings = Check.of(graph, fmri -> !fmri.equals(Definitions.fmri("off")));
    assertThat(findings.stream().map(CheckTest::text))
        .containsExactly(
            "warning disabled-dependency svc:/t/A:default t.yaml:1:1: it is enabled but cannot"
                + " start, because dependency \"d0\" requires svc:/t/off, which is disabled; enable"
                + " that, or both with \"svcadm enable -r svc:/t/A:default\"");
  }

  @Test
  void whatIsDisabledAndNotNeededIsUnused() {
    InstanceGraph graph = InstanceGraph.of(Definitions.of("A", "B require_all A"));
    assertThat(Check.of(graph, fmri -> false).stream().map(CheckTest::text))
        .containsExactly(
            "info unused svc:/t/B:default unknown: it is disabled and nothing depends on it; delete"
                + " it if it is not wanted");
  }

  @Test
  void problemsOfADefinitionAreErrorsAndATransientServiceShouldSayHowToStop() {
    InstanceFmri fmri = Definitions.fmri("A");
    InstanceDefinition bare = InstanceDefinition.bare(fmri);
    Method start =
        new Method(
            MethodKind.START,
            Optional.of("/bin/true"),
            Optional.empty(),
            Method.OnTimeout.MAINTENANCE,
            MethodContext.NONE,
            Origin.UNKNOWN);
    InstanceDefinition definition =
        new InstanceDefinition(
            fmri,
            Optional.empty(),
            List.of(),
            Map.of(MethodKind.START, start),
            StartdChoices.of(StartdOptions.Style.TRANSIENT).options(),
            bare.readiness(),
            bare.monitor(),
            bare.resources(),
            bare.template(),
            Optional.of(AuxiliaryState.INVALID_DEPENDENCY),
            List.of("t.yaml:3:3: no grouping"),
            bare.origin());
    List<Finding> findings = Check.of(InstanceGraph.of(List.of(definition)), it -> true);
    assertThat(findings.stream().map(Finding::rule))
        .containsExactly(Finding.Rule.INVALID_DEFINITION, Finding.Rule.MISSING_STOP);
  }

  @Test
  void tenThousandServicesAreChecked() {
    InstanceGraph graph = InstanceGraph.of(SampleGraphs.layered(10_000, 100, 3, 1));
    assertThat(Check.of(graph, fmri -> true)).hasSize(5).allMatch(CheckTest::isPoint);
  }

  private static List<String> check(String... lines) {
    return findings(lines).filter(it -> !isPoint(it)).map(CheckTest::text).toList();
  }

  private static Stream<Finding> findings(String... lines) {
    return Check.of(InstanceGraph.of(Definitions.of(lines)), fmri -> true).stream();
  }

  /// Almost every graph has some, so that they have a test of their own.
  private static boolean isPoint(Finding finding) {
    return finding.rule() == Finding.Rule.SINGLE_POINT_OF_FAILURE;
  }

  private static List<String> points(String... lines) {
    return findings(lines)
        .filter(CheckTest::isPoint)
        .map(it -> it.fmri() + ": " + it.message())
        .toList();
  }

  private static String text(Finding finding) {
    return finding.severity()
        + " "
        + finding.rule()
        + " "
        + finding.fmri()
        + " "
        + finding.origin()
        + ": "
        + finding.message();
  }

  @Test
  void whatSeveralCannotRunWithoutIsASinglePointOfFailure() {
    assertThat(points("A require_all B", "C require_all B", "B", "D require_any A C"))
        .containsExactly(
            "svc:/t/B:default: without it, 2 others of 4 enabled"
                + " instances cannot run; see svcgraph what-if 'svc:/t/B:default fails'");
    assertThat(points("A require_all /etc/x", "B require_all /etc/x", "C require_all B"))
        .containsExactly(
            "svc:/t/A:default: without file://localhost/etc/x, 3 of 3"
                + " enabled instances cannot run; see svcgraph what-if 'file /etc/x vanishes'");
    assertThat(points("A require_any B C", "B", "C")).isEmpty();
  }

  @Test
  void whatIsRequiredAnywayIsNoChoice() {
    assertThat(check("A require_any B C", "B", "C", "A require_all B"))
        .singleElement()
        .asString()
        .startsWith("info never-binding svc:/t/A:default")
        .contains("never holds it back, since it requires svc:/t/B:default anyway");
    assertThat(check("A require_any/restart B C", "B", "C", "A require_all B")).isEmpty();
  }
}
