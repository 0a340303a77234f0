package bespoke.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.ondemand.ArmedInstance.Act;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArmedInstanceTest {
  private final ArmedInstance instance = new ArmedInstance(false);
  private final List<String> told = new ArrayList<>();
  private final List<String> done = new ArrayList<>();

  private void take(List<Act> acts) {
    for (Act act : acts) {
      switch (act) {
        case Act.Tell(var report) ->
            told.add(
                report.state()
                    + (report.next().isEmpty() ? "" : "->" + report.next())
                    + " "
                    + report.auxiliary()
                    + " "
                    + report.severity());
        case Act.Arm(boolean again) -> done.add(again ? "arm again" : "arm");
        case Act.Disarm() -> done.add("disarm");
        case Act.EndProcesses() -> done.add("end");
        case Act.Forget() -> done.add("forget");
      }
    }
  }

  private void online() {
    take(instance.ordered("add_instance"));
    take(instance.ordered("enable"));
    take(instance.ordered("start"));
    take(instance.armed("next run at two", false));
  }

  @Test
  void anInstanceIsOnlineWhileItIsArmed() {
    online();
    assertThat(told)
        .containsExactly(
            "disabled none none",
            "offline none none",
            "offline->online none none",
            "online none none");
    assertThat(done).containsExactly("arm");
    assertThat(instance.isArmed()).isTrue();
  }

  @Test
  void aStopWaitsForTheProcessesOfItsMethods() {
    online();
    told.clear();
    done.clear();
    take(instance.ordered("stop"));
    assertThat(told).containsExactly("online->offline none none");
    assertThat(done).containsExactly("disarm", "end");
    take(instance.processesGone());
    assertThat(told).last().isEqualTo("offline none restart");
  }

  @Test
  void aDisableWhileItStopsEndsDisabledAndAnEnableAfterThatOffline() {
    online();
    take(instance.ordered("stop"));
    take(instance.ordered("disable"));
    take(instance.processesGone());
    assertThat(told).last().isEqualTo("disabled disable_request restart");
    take(instance.ordered("enable"));
    assertThat(told).last().isEqualTo("offline none none");
  }

  @Test
  void anEnableWhileItIsBeingDisabledEndsOffline() {
    online();
    take(instance.ordered("disable"));
    take(instance.ordered("enable"));
    take(instance.processesGone());
    assertThat(told).last().isEqualTo("offline disable_request restart");
  }

  @Test
  void whatCannotBeArmedIsInMaintenanceUntilItIsCleared() {
    take(instance.ordered("add_instance"));
    take(instance.ordered("enable"));
    take(instance.ordered("start"));
    take(instance.notArmed("the schedule is wrong", false));
    take(instance.processesGone());
    assertThat(told).last().isEqualTo("maintenance method_failed none");
    take(instance.ordered("enable"));
    take(instance.ordered("disable"));
    assertThat(instance.state()).hasToString("maintenance");
    take(instance.ordered("enable"));
    take(instance.ordered("admin_maint_off"));
    assertThat(told).endsWith("uninitialized clear_request none", "offline none none");
  }

  @Test
  void aRefreshThatFailsLeavesItDegradedAndArmed() {
    online();
    take(instance.ordered("admin_refresh"));
    take(instance.notArmed("the schedule is wrong", true));
    assertThat(told).last().isEqualTo("degraded method_failed none");
    assertThat(instance.isArmed()).isTrue();
    take(instance.ordered("admin_refresh"));
    take(instance.armed("next run at three", true));
    assertThat(told).last().isEqualTo("online none none");
    assertThat(done).containsExactly("arm", "arm again", "arm again");
  }

  @Test
  void failingTooOftenIsMaintenanceAndAFaultForDependents() {
    online();
    take(instance.failed("it failed three times"));
    take(instance.processesGone());
    assertThat(told).last().isEqualTo("maintenance restarting_too_quickly fault");
    take(instance.failed("once more"));
    assertThat(told).last().isEqualTo("maintenance restarting_too_quickly fault");
  }

  @Test
  void whatAnEarlierRestarterHadArmedIsArmedAtOnceWithoutLeavingOnline() {
    ArmedInstance adopted = new ArmedInstance(true);
    take(adopted.ordered("add_instance"));
    take(adopted.ordered("enable"));
    take(adopted.armed("next run at two", false));
    assertThat(told).containsExactly("online none none");
    assertThat(done).containsExactly("arm");
  }
}
