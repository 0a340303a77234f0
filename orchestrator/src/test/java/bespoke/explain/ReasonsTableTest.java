package bespoke.explain;

import static bespoke.explain.Given.explainer;
import static bespoke.explain.Given.instance;
import static bespoke.model.Grouping.EXCLUDE_ALL;
import static bespoke.model.Grouping.REQUIRE_ALL;
import static bespoke.model.InstanceState.DEGRADED;
import static bespoke.model.InstanceState.DISABLED;
import static bespoke.model.InstanceState.MAINTENANCE;
import static bespoke.model.InstanceState.OFFLINE;
import static bespoke.model.InstanceState.ONLINE;
import static bespoke.model.InstanceState.UNINITIALIZED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import bespoke.model.AuxiliaryState;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceState;
import bespoke.model.Readiness;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The reasons and summaries of smf.md 8.2, row by row.
final class ReasonsTableTest {

  private static final EnabledSetting OFF_UNTIL_REBOOT =
      new EnabledSetting(Optional.of(true), Optional.of(false), "");

  @ParameterizedTest
  @MethodSource
  void eachSituationHasItsReason(Given given, String suffix, String text) {
    Explainer explainer = explainer(given, instance("R"), instance("down").disabled());
    Reason reason = ExplainerTest.explain(explainer, "A").reasons().getFirst();
    assertThat(reason.text()).isEqualTo(text);
    assertThat(reason.code().messageId()).isEqualTo(suffix.isEmpty() ? "" : "SMF-8000-" + suffix);
  }

  static Stream<Arguments> eachSituationHasItsReason() {
    String master = "svc:/system/svc/restarter:default";
    return Stream.of(
        arguments(
            a(UNINITIALIZED).invalid(AuxiliaryState.INVALID_RESTARTER, "p"),
            "2A",
            "Restarter \"" + master + "\" is invalid."),
        arguments(
            a(UNINITIALIZED).restarter("none"),
            "3P",
            "Restarter \"svc:/t/none:default\" does not exist."),
        arguments(
            a(UNINITIALIZED).restarter("R"),
            "4D",
            "Restarter svc:/t/R:default has not initialized service state."),
        arguments(
            a(UNINITIALIZED), "4D", "Restarter " + master + " has not initialized service state."),
        arguments(
            a(UNINITIALIZED).restarter("down"),
            "5H",
            "Restarter svc:/t/down:default is not running."),
        arguments(instance("A").disabled(), "05", "Disabled by an administrator."),
        arguments(
            a(DISABLED).set(OFF_UNTIL_REBOOT), "1S", "Temporarily disabled by an administrator."),
        arguments(
            a(DISABLED).set(OFF_UNTIL_REBOOT).because(AuxiliaryState.MILESTONE_REQUEST),
            "1S",
            "Temporarily disabled, because the milestone does not include it."),
        arguments(
            a(DISABLED), "AR", "Enabled, but restarter " + master + " has not acted on it yet."),
        arguments(
            maintenance(AuxiliaryState.ADMINISTRATIVE_REQUEST),
            "63",
            "Maintenance requested by an administrator."),
        arguments(a(MAINTENANCE).by("F"), "R4", "Maintenance requested by \"svc:/t/F:default\""),
        arguments(
            maintenance(AuxiliaryState.SERVICE_REQUEST),
            "R4",
            "Maintenance requested by another service."),
        arguments(
            maintenance(AuxiliaryState.DEPENDENCY_CYCLE), "HP", "Completes a dependency cycle."),
        arguments(maintenance(AuxiliaryState.INVALID_DEPENDENCY), "JA", "Has invalid dependency."),
        arguments(
            maintenance(AuxiliaryState.INVALID_RESTARTER).restarter("R"),
            "2A",
            "Restarter \"svc:/t/R:default\" is invalid."),
        arguments(
            maintenance(AuxiliaryState.METHOD_FAILED).waitStatus(1 << 8),
            "KS",
            "Start method exited with status 1."),
        arguments(
            maintenance(AuxiliaryState.FAULT_THRESHOLD_REACHED).waitStatus(9),
            "KS",
            "Start method failed repeatedly, last died on Killed (9)."),
        arguments(maintenance(AuxiliaryState.METHOD_FAILED).waitStatus(0), "8Q", "Method failed."),
        arguments(
            maintenance(AuxiliaryState.FAULT_THRESHOLD_REACHED), "8Q", "Method failed repeatedly."),
        arguments(
            maintenance(AuxiliaryState.RESTARTING_TOO_QUICKLY), "L5", "Restarting too quickly."),
        arguments(
            maintenance(AuxiliaryState.NONE),
            "9C",
            "Restarter " + master + " gave no explanation."),
        arguments(maintenance(AuxiliaryState.CT_EV_HWERR), "AR", "Unknown."),
        arguments(
            maintenance(AuxiliaryState.MONITOR_FAILED), "", "Monitor method failed repeatedly."),
        arguments(
            maintenance(AuxiliaryState.WATCHDOG_TIMEOUT), "", "Did not ping its watchdog in time."),
        arguments(
            maintenance(AuxiliaryState.READINESS_TIMEOUT),
            "",
            "Did not report that it is ready in time."),
        arguments(a(OFFLINE).movingTo(ONLINE), "C4", "Start method is running."),
        arguments(
            a(OFFLINE).movingTo(ONLINE).readiness(Readiness.Kind.SD_NOTIFY, 7),
            "C4",
            "Start method is running."),
        arguments(
            a(OFFLINE).movingTo(ONLINE).readiness(Readiness.Kind.SD_NOTIFY, 0),
            "C4",
            "Started; it has not yet reported that it is ready."),
        arguments(a(OFFLINE).movingTo(DISABLED), "PH", "Transitioning to state disabled."),
        arguments(a(OFFLINE), "AR", "Unknown."),
        arguments(
            a(OFFLINE).failures(1).waitStatus(2 << 8),
            "",
            "Start method exited with status 2; the next attempt follows."),
        arguments(
            a(OFFLINE).because(AuxiliaryState.CT_EV_EXIT),
            "",
            "Waiting to be started again, because the last process exited."),
        arguments(
            a(OFFLINE).invalid(AuxiliaryState.INVALID_RESTARTER),
            "2A",
            "Restarter \"" + master + "\" is invalid."),
        arguments(
            a(OFFLINE).restarter("none"),
            "3P",
            "Restarter \"svc:/t/none:default\" does not exist."),
        arguments(a(OFFLINE).needs(REQUIRE_ALL, "none"), "E2", "Dependency svc:/t/none is absent."),
        arguments(
            a(OFFLINE).needs(REQUIRE_ALL, "down"),
            "GE",
            "Service svc:/t/down:default is disabled."),
        arguments(a(OFFLINE).needs(EXCLUDE_ALL, "R"), "FJ", "Service svc:/t/R:default is running."),
        arguments(
            a(DEGRADED).because(AuxiliaryState.ADMINISTRATIVE_REQUEST),
            "DX",
            "Degraded by an administrator."),
        arguments(a(DEGRADED).by("F"), "DX", "Degraded by \"svc:/t/F:default\""),
        arguments(
            a(DEGRADED).because(AuxiliaryState.SERVICE_REQUEST),
            "DX",
            "Degraded by another service."),
        arguments(
            a(DEGRADED).because(AuxiliaryState.METHOD_FAILED),
            "DX",
            "Degraded because a method failed."),
        arguments(
            a(DEGRADED).because(AuxiliaryState.MONITOR_FAILED),
            "DX",
            "Degraded because its monitor method failed repeatedly."),
        arguments(a(DEGRADED), "DX", "Unknown."));
  }

  @ParameterizedTest
  @MethodSource
  void eachRootCauseHasItsSummary(Given cause, String summary) {
    Explainer explainer = explainer(cause, instance("B").offline(REQUIRE_ALL, "A"));
    assertThat(ExplainerTest.explain(explainer, "B").reasons().getFirst().summary())
        .isEqualTo(summary);
  }

  static Stream<Arguments> eachRootCauseHasItsSummary() {
    return Stream.of(
        arguments(a(UNINITIALIZED), "is uninitialized."),
        arguments(instance("A").disabled(), "is disabled."),
        arguments(a(DISABLED).set(OFF_UNTIL_REBOOT), "is temporarily disabled."),
        arguments(a(OFFLINE).needs(REQUIRE_ALL, "none"), "has missing dependencies."),
        arguments(a(OFFLINE).movingTo(ONLINE), "is starting."),
        arguments(a(OFFLINE), "is offline."),
        arguments(
            maintenance(AuxiliaryState.ADMINISTRATIVE_REQUEST),
            "was taken down for maintenance by an administrator."),
        arguments(maintenance(AuxiliaryState.DEPENDENCY_CYCLE), "completed a dependency cycle."),
        arguments(
            maintenance(AuxiliaryState.FAULT_THRESHOLD_REACHED),
            "is not running because a method failed repeatedly."),
        arguments(maintenance(AuxiliaryState.INVALID_DEPENDENCY), "has an invalid dependency."),
        arguments(maintenance(AuxiliaryState.INVALID_RESTARTER), "has an invalid restarter."),
        arguments(
            maintenance(AuxiliaryState.METHOD_FAILED), "is not running because a method failed."),
        arguments(maintenance(AuxiliaryState.NONE), "is not running for an unknown reason."),
        arguments(
            maintenance(AuxiliaryState.RESTARTING_TOO_QUICKLY), "was restarting too quickly."),
        arguments(
            maintenance(AuxiliaryState.MONITOR_FAILED),
            "is not running because its monitor method failed."),
        arguments(maintenance(AuxiliaryState.SERVICE_REQUEST), "requires maintenance."));
  }

  @ParameterizedTest
  @MethodSource
  void eachWaitStatusIsToldInWords(int raw, String how) {
    assertThat(new WaitStatus(raw).how()).isEqualTo(how);
  }

  static Stream<Arguments> eachWaitStatusIsToldInWords() {
    return Stream.of(
        arguments(1 << 8, "exited with status 1"),
        arguments(95 << 8, "exited with $SMF_EXIT_ERR_FATAL"),
        arguments(96 << 8, "exited with $SMF_EXIT_ERR_CONFIG"),
        arguments(255 << 8, "exited with status 255"),
        arguments(15, "died on Terminated (15)"),
        arguments(11 | 0x80, "dumped core on Segmentation fault (11)"),
        arguments(40, "died on signal 40"),
        arguments(40 | 0x80, "dumped core signal 40"));
  }

  @Test
  void whatFailedAndWhatAnAdministratorSaidAreDetails() {
    assertThat(
            details(
                maintenance(AuxiliaryState.METHOD_FAILED)
                    .waitStatus(0)
                    .detail("The stop method timed out after 60 s.")))
        .containsExactly("The stop method timed out after 60 s.");
    assertThat(
            details(
                maintenance(AuxiliaryState.INVALID_DEPENDENCY)
                    .invalid(AuxiliaryState.INVALID_DEPENDENCY, "t.yaml:3:1: no grouping")))
        .containsExactly("t.yaml:3:1: no grouping");
    assertThat(
            details(
                a(DISABLED)
                    .set(new EnabledSetting(Optional.of(false), Optional.empty(), "disk swap"))))
        .containsExactly("disk swap");
    assertThat(details(a(OFFLINE).movingTo(ONLINE).status("loading 3 of 9")))
        .containsExactly("loading 3 of 9");
  }

  @Test
  void aDetailThatOnlyRepeatsTheReasonIsLeftOut() {
    assertThat(
            details(
                maintenance(AuxiliaryState.READINESS_TIMEOUT)
                    .detail("it did not report that it is ready in time")))
        .isEmpty();
    assertThat(
            details(
                maintenance(AuxiliaryState.FAULT_THRESHOLD_REACHED)
                    .waitStatus(1 << 8)
                    .detail("start method exited with status 1")))
        .isEmpty();
    assertThat(
            details(
                maintenance(AuxiliaryState.FAULT_THRESHOLD_REACHED)
                    .waitStatus(9)
                    .detail("start method timed out")))
        .containsExactly("start method timed out");
  }

  private static List<String> details(Given given) {
    return ExplainerTest.explain(explainer(given), "A").reasons().getFirst().details();
  }

  private static Given a(InstanceState state) {
    return instance("A").in(state);
  }

  private static Given maintenance(AuxiliaryState why) {
    return a(MAINTENANCE).because(why);
  }
}
