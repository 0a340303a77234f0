package bespoke.explain;

import static bespoke.explain.Given.explainer;
import static bespoke.explain.Given.fmri;
import static bespoke.explain.Given.instance;
import static bespoke.model.Grouping.EXCLUDE_ALL;
import static bespoke.model.Grouping.OPTIONAL_ALL;
import static bespoke.model.Grouping.REQUIRE_ALL;
import static bespoke.model.Grouping.REQUIRE_ANY;
import static bespoke.model.InstanceState.DEGRADED;
import static bespoke.model.InstanceState.MAINTENANCE;
import static bespoke.model.InstanceState.OFFLINE;
import static bespoke.model.InstanceState.ONLINE;
import static bespoke.model.InstanceState.UNINITIALIZED;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.AuxiliaryState;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.model.Template;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who is to blame, and how many are not running because of it (smf.md 8.2, V14-V23).
final class ExplainerTest {

  @Test
  void nothingIsWrongWhenAllIsOnline() {
    assertThat(explainer(instance("A").needs(REQUIRE_ALL, "B"), instance("B")).problems())
        .isEmpty();
  }

  @Test
  void aDisabledServiceAtTheEndOfAChainIsTheOnlyProblem() {
    List<Explanation> problems = chain().problems();
    assertThat(problems).hasSize(1);
    Explanation c = problems.getFirst();
    assertThat(c.fmri()).isEqualTo(fmri("C"));
    assertThat(texts(c)).containsExactly("Disabled by an administrator.");
    assertThat(c.impact()).containsExactly(fmri("A"), fmri("B"));
    assertThat(c.impactText(false))
        .isEqualTo("2 dependent services are not running.  (Use -v for list.)");
    assertThat(c.impactText(true)).isEqualTo("2 dependent services are not running:");
  }

  @Test
  void aWaitingServiceNamesTheCauseAndTheWayToIt() {
    Explanation a = explain(chain(), "A");
    assertThat(texts(a)).containsExactly("Service svc:/t/C:default is disabled.");
    assertThat(a.reasons().getFirst().path()).containsExactly(fmri("A"), fmri("B"), fmri("C"));
    assertThat(a.reasons().getFirst().code().messageId()).isEqualTo("SMF-8000-GE");
    assertThat(a.impactText(true)).isEqualTo("This service is not running.");
  }

  private static Explainer chain() {
    return explainer(
        instance("A").offline(REQUIRE_ALL, "B:default"),
        instance("B").offline(REQUIRE_ALL, "C"),
        instance("C").disabled());
  }

  @Test
  void theLargestImpactComesFirstAndTiesGoByName() {
    Explainer explainer =
        explainer(
            instance("small").disabled(),
            instance("A").offline(REQUIRE_ALL, "small"),
            instance("large").in(MAINTENANCE),
            instance("B").offline(REQUIRE_ALL, "large"),
            instance("C").offline(REQUIRE_ALL, "B"),
            instance("b-lone").in(MAINTENANCE),
            instance("a-lone").in(MAINTENANCE));
    assertThat(fmris(explainer.problems()))
        .containsExactly(fmri("large"), fmri("small"), fmri("a-lone"), fmri("b-lone"));
  }

  @Test
  void aMissingServiceIsAbsentAndItsDependentsHaveMissingDependencies() {
    Explainer explainer =
        explainer(
            instance("A").offline(REQUIRE_ALL, "none"), instance("B").offline(REQUIRE_ALL, "A"));
    assertThat(fmris(explainer.problems())).containsExactly(fmri("A"));
    Reason reason = explain(explainer, "A").reasons().getFirst();
    assertThat(reason.text()).isEqualTo("Dependency svc:/t/none is absent.");
    assertThat(reason.details()).containsExactly("It is named by dependency \"d0\" (t.yaml:10:5).");
    assertThat(texts(explain(explainer, "B")))
        .containsExactly("Service svc:/t/A:default has missing dependencies.");
  }

  @Test
  void anInstanceThatIsNotConfiguredCountsAsAbsentAndSaysSoItself() {
    EnabledSetting unset = new EnabledSetting(Optional.empty(), Optional.empty(), "");
    Explainer explainer =
        explainer(
            instance("A").offline(REQUIRE_ALL, "B:default"),
            instance("B").in(UNINITIALIZED).set(unset));
    assertThat(texts(explain(explainer, "A")))
        .containsExactly("Dependency svc:/t/B:default is absent.");
    assertThat(texts(explain(explainer, "B")))
        .containsExactly("Not configured: general/enabled is not set.");
  }

  @Test
  void aRunningExcludedServiceIsAProblemWithImpact() {
    Explainer explainer = explainer(instance("A").offline(EXCLUDE_ALL, "B"), instance("B"));
    assertThat(texts(explain(explainer, "A")))
        .containsExactly("Service svc:/t/B:default is running.");
    List<Explanation> problems = explainer.problems();
    assertThat(fmris(problems)).containsExactly(fmri("B"));
    assertThat(problems.getFirst().reasons()).isEmpty();
    assertThat(problems.getFirst().impactText(false))
        .isEqualTo("1 dependent service is not running.  (Use -v for list.)");
  }

  @Test
  void anExcludedServiceThatIsEnabledButOfflineIsNamedAndNotItsOwnCause() {
    Explainer explainer =
        explainer(
            instance("A").offline(EXCLUDE_ALL, "B"),
            instance("B").offline(REQUIRE_ALL, "C"),
            instance("C").disabled());
    Reason reason = explain(explainer, "A").reasons().getFirst();
    assertThat(reason.text()).isEqualTo("Service svc:/t/B:default is excluded but enabled.");
    assertThat(reason.code()).isEqualTo(ReasonCode.EXCLUDED);
    assertThat(reason.path()).containsExactly(fmri("A"), fmri("B"));
  }

  @Test
  void twoThatExcludeEachOtherAndBothWaitNameEachOther() {
    Explainer explainer =
        explainer(instance("A").offline(EXCLUDE_ALL, "B"), instance("B").offline(EXCLUDE_ALL, "A"));
    assertThat(texts(explain(explainer, "A")))
        .containsExactly("Service svc:/t/B:default is excluded but enabled.");
    assertThat(texts(explain(explainer, "B")))
        .containsExactly("Service svc:/t/A:default is excluded but enabled.");
    assertThat(explainer.cycles()).isEmpty();
  }

  @Test
  void aDisabledServiceThatNobodyNeedsIsNoProblem() {
    assertThat(explainer(instance("A").disabled()).problems()).isEmpty();
  }

  @Test
  void anOnlineServiceHasNoReasonAndNoImpact() {
    Explanation a = explain(explainer(instance("A")), "A");
    assertThat(a.reasons()).isEmpty();
    assertThat(a.impactText(false)).isEqualTo("None.");
  }

  @Test
  void allInstancesOfAServiceThatIsNotRunningAreCauses() {
    Explainer explainer =
        explainer(
            instance("A").offline(REQUIRE_ALL, "S"),
            instance("S:x").disabled(),
            instance("S:y").in(MAINTENANCE).because(AuxiliaryState.METHOD_FAILED));
    assertThat(texts(explain(explainer, "A")))
        .containsExactly(
            "Service svc:/t/S:x is disabled.",
            "Service svc:/t/S:y is not running because a method failed.");
  }

  @Test
  void requireAnyIsExplainedByAllMembersOrByNone() {
    assertThat(
            texts(
                explain(
                    explainer(
                        instance("A").offline(REQUIRE_ANY, "B", "none"), instance("B").disabled()),
                    "A")))
        .containsExactly(
            "Dependency svc:/t/none is absent.", "Service svc:/t/B:default is disabled.");
    assertThat(
            texts(
                explain(
                    explainer(
                        instance("A").offline(REQUIRE_ANY, "B", "none"),
                        instance("B").in(DEGRADED)),
                    "A")))
        .containsExactly("Unknown.");
  }

  @Test
  void anOptionalMemberIsBlamedOnlyWhileItMayStillComeUp() {
    Explainer starting =
        explainer(
            instance("A").offline(OPTIONAL_ALL, "B", "M", "D", "none", "/absent"),
            instance("B").in(OFFLINE).movingTo(ONLINE),
            instance("M").in(MAINTENANCE),
            instance("D").disabled());
    assertThat(texts(explain(starting, "A")))
        .containsExactly("Service svc:/t/B:default is starting.");
    Explainer hopeless =
        explainer(
            instance("A").offline(OPTIONAL_ALL, "B").needs(REQUIRE_ALL, "X"),
            instance("B").offline(REQUIRE_ANY, "C", "D"),
            instance("C").disabled(),
            instance("D").offline(REQUIRE_ALL, "C"),
            instance("X").disabled());
    assertThat(texts(explain(hopeless, "A")))
        .containsExactly("Service svc:/t/X:default is disabled.");
  }

  @Test
  void filesAreAbsentWhereRequiredAndPresentWhereExcluded() {
    Explainer explainer =
        explainer(
            instance("A").offline(REQUIRE_ALL, "/no", "/there/a"),
            instance("B").offline(REQUIRE_ANY, "/no", "/neither"),
            instance("C").offline(EXCLUDE_ALL, "/there/a", "/no"));
    assertThat(texts(explain(explainer, "A")))
        .containsExactly("Dependency file://localhost/no is absent.");
    assertThat(texts(explain(explainer, "B")))
        .containsExactly(
            "Dependency file://localhost/no is absent.",
            "Dependency file://localhost/neither is absent.");
    assertThat(texts(explain(explainer, "C")))
        .containsExactly("Dependency file://localhost/there/a is present.");
    assertThat(fmris(explainer.problems())).containsExactly(fmri("A"), fmri("B"), fmri("C"));
  }

  @Test
  void aServiceWhoseRestarterIsDownWaitsForWhatTheRestarterWaitsFor() {
    Explainer explainer =
        explainer(
            instance("A").in(OFFLINE).restarter("R"),
            instance("U").in(UNINITIALIZED).restarter("R"),
            instance("R").in(MAINTENANCE).because(AuxiliaryState.FAULT_THRESHOLD_REACHED));
    assertThat(texts(explain(explainer, "A")))
        .containsExactly(
            "Service svc:/t/R:default is not running because a method failed repeatedly.");
    assertThat(texts(explain(explainer, "U")))
        .containsExactly("Restarter svc:/t/R:default is not running.");
    assertThat(explain(explainer, "R").impact()).containsExactly(fmri("A"), fmri("U"));
  }

  @Test
  void aCircleIsNamedOnceAndEachMemberBlamesTheNext() {
    Explainer explainer =
        explainer(
            instance("A").offline(REQUIRE_ALL, "B"),
            instance("B").offline(REQUIRE_ALL, "C"),
            instance("C").offline(REQUIRE_ALL, "B"));
    assertThat(explainer.cycles()).containsExactly(List.of(fmri("B"), fmri("C")));
    assertThat(fmris(explainer.problems())).containsExactly(fmri("B"), fmri("C"));
    assertThat(texts(explain(explainer, "B")))
        .containsExactly("Service svc:/t/C:default is offline.");
    assertThat(texts(explain(explainer, "A")))
        .containsExactly("Service svc:/t/B:default is offline.");
  }

  @Test
  void manualPagesComeBeforeDocumentsAndLogsComeLast() {
    Template.Manpage manpage = new Template.Manpage("web", "8", Optional.empty());
    Template.Link link = new Template.Link("web", "https://example.org/web");
    Template template =
        new Template(Optional.of("web server"), Optional.empty(), List.of(link, manpage));
    Explanation a =
        explain(explainer(instance("A").in(MAINTENANCE).by("B").template(template)), "A");
    assertThat(a.commonName()).contains("web server");
    assertThat(a.seeAlso())
        .containsExactly(
            new SeeAlso.Document(manpage),
            new SeeAlso.Document(link),
            new SeeAlso.Log("/log/t-B:default.log"),
            new SeeAlso.Log("/log/t-A:default.log"));
  }

  @Test
  void aChainOfAHundredThousandIsExplainedToItsEnd() {
    int length = 100_000;
    Given[] chain = new Given[length];
    for (int i = 0; i < length - 1; i++) {
      chain[i] = instance("s" + i).offline(REQUIRE_ALL, "s" + (i + 1));
    }
    chain[length - 1] = instance("s" + (length - 1)).disabled();
    Explainer explainer = explainer(chain);
    List<Explanation> problems = explainer.problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().impact()).hasSize(length - 1);
    assertThat(explain(explainer, "s0").reasons().getFirst().path()).hasSize(length);
  }

  static Explanation explain(Explainer explainer, String name) {
    return explainer.explain(fmri(name)).orElseThrow();
  }

  static List<String> texts(Explanation explanation) {
    return explanation.reasons().stream().map(Reason::text).toList();
  }

  private static List<InstanceFmri> fmris(List<Explanation> explanations) {
    return explanations.stream().map(Explanation::fmri).toList();
  }
}
