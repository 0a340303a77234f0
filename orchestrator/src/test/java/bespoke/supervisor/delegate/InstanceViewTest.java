package bespoke.supervisor.delegate;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.delegate.InstanceReport;
import bespoke.supervisor.delegate.InstanceView.Deed;
import bespoke.supervisor.process.ProcessState;
import bespoke.supervisor.process.ProcessStatus;
import org.junit.jupiter.api.Test;

class InstanceViewTest {
  private final InstanceView view = new InstanceView(true);

  private static ProcessStatus status(ProcessState state) {
    return new ProcessStatus(state, 0, null, null, null, "why");
  }

  private InstanceReport report(ProcessState state) {
    return view.report(status(state), false);
  }

  @Test
  void aProcessThatWasNotStartedWaitsForTheDaemon() {
    assertThat(report(ProcessState.STOPPED).state()).isEqualTo("offline");
    assertThat(view.ordered("start", "")).isEqualTo(Deed.START);
  }

  @Test
  void startingIsOfflineOnItsWayToOnline() {
    assertThat(report(ProcessState.STARTING))
        .isEqualTo(new InstanceReport("offline", "online", "none", "none", ""));
    assertThat(report(ProcessState.RUNNING).state()).isEqualTo("online");
  }

  @Test
  void aCrashIsAFaultToDependents() {
    report(ProcessState.RUNNING);
    assertThat(report(ProcessState.STARTING).severity()).isEqualTo("fault");
  }

  @Test
  void givingUpIsMaintenanceWithTheReason() {
    InstanceReport report = report(ProcessState.FATAL);
    assertThat(report.state()).isEqualTo("maintenance");
    assertThat(report.detail()).isEqualTo("why");
    assertThat(view.ordered("admin_maint_off", "")).isEqualTo(Deed.NOTHING);
    assertThat(view.report(status(ProcessState.FATAL), true).state()).isEqualTo("offline");
  }

  @Test
  void anOrderToDisableStopsAndIsReported() {
    report(ProcessState.RUNNING);
    assertThat(view.ordered("disable", "")).isEqualTo(Deed.STOP);
    assertThat(report(ProcessState.STOPPING).next()).isEqualTo("disabled");
    assertThat(report(ProcessState.STOPPED).state()).isEqualTo("disabled");
  }

  @Test
  void aStopPastTheDaemonBecomesAWish() {
    report(ProcessState.STARTING);
    report(ProcessState.RUNNING);
    report(ProcessState.STOPPING);
    assertThat(view.wish(status(ProcessState.STOPPED))).isEqualTo("disable");
    assertThat(view.wish(status(ProcessState.STOPPED))).isEmpty();
  }

  @Test
  void aStartPastTheDaemonBecomesAWish() {
    view.ordered("disable", "");
    assertThat(view.wish(status(ProcessState.STARTING))).isEqualTo("enable");
  }

  @Test
  void aStopByTheDaemonIsNoWish() {
    report(ProcessState.STARTING);
    report(ProcessState.RUNNING);
    view.ordered("stop", "");
    assertThat(view.wish(status(ProcessState.STOPPED))).isEmpty();
    assertThat(report(ProcessState.STOPPED).state()).isEqualTo("offline");
  }

  @Test
  void whatEndsWithTheServerIsNoFaultOfItsOwn() {
    report(ProcessState.STARTING);
    report(ProcessState.RUNNING);
    view.serverEnds();
    assertThat(report(ProcessState.EXITED).state()).isEqualTo("offline");
    assertThat(report(ProcessState.FATAL).state()).isEqualTo("offline");
  }

  @Test
  void aProgramInMaintenanceThatIsDisabledIsDisabled() {
    report(ProcessState.FATAL);
    view.ordered("admin_disable", "");
    assertThat(report(ProcessState.FATAL).state()).isEqualTo("disabled");
  }

  @Test
  void onlyWhatIsEnabledAndStoppedWaits() {
    assertThat(view.isWaiting(status(ProcessState.STOPPED))).isTrue();
    assertThat(view.isWaiting(status(ProcessState.RUNNING))).isFalse();
    view.ordered("disable", "");
    assertThat(view.isWaiting(status(ProcessState.STOPPED))).isFalse();
  }
}
