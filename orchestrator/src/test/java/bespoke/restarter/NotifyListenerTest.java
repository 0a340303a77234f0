package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Event;
import bespoke.engine.Event.ReadinessReported;
import bespoke.engine.Event.StatusReported;
import bespoke.engine.Event.WatchdogExpired;
import bespoke.model.InstanceFmri;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotifyListenerTest {

  private static final InstanceFmri INSTANCE = InstanceFmri.parse("t/a");

  private final CollectedEvents events = new CollectedEvents();
  private final Timers timers = new Timers();
  private final NotifyListener listener =
      new NotifyListener(INSTANCE, 3, events, timers, Duration.ZERO);

  @AfterEach
  void close() {
    listener.close();
    timers.close();
  }

  private static NotifyMessage message(String name, String value) {
    return new NotifyMessage(Map.of(name, value));
  }

  @Test
  void readyIsReportedOnce() {
    listener.said(message("READY", "0"));
    assertThat(events.events()).isEmpty();
    listener.said(message("READY", "1"));
    listener.said(message("READY", "1"));
    assertThat(events.events()).containsExactly(new ReadinessReported(INSTANCE, 3));
  }

  @Test
  void theStatusIsReportedWhenItChangesAndNeverOftenerThanOnceASecond() {
    listener.said(message("STATUS", "a"));
    for (int i = 0; i < 1000; i++) {
      listener.said(message("STATUS", "b" + i));
    }
    assertThat(events.events()).containsExactly(new StatusReported(INSTANCE, 3, "a"));
    Event last = events.await(StatusReported.class, status -> status.text().startsWith("b"));
    assertThat(last).isEqualTo(new StatusReported(INSTANCE, 3, "b999"));
  }

  @Test
  void aStatusIsOneLineOfBoundedLength() {
    listener.said(message("STATUS", "a\u001b[31m" + "x".repeat(5000)));
    assertThat(events.await(StatusReported.class).text())
        .startsWith("a [31mx")
        .hasSize(NotifyMessage.STATUS_MAX + 1);
  }

  @Test
  void reloadingAndStoppingAreStatuses() {
    listener.said(message("RELOADING", "1"));
    assertThat(events.await(StatusReported.class).text()).isEqualTo("reloading");
    assertThat(message("STOPPING", "1").status()).contains("stopping");
  }

  @Test
  void aServiceThatStopsPingingIsReportedOnce() {
    NotifyListener watched = new NotifyListener(INSTANCE, 3, events, timers, Duration.ofMillis(50));
    watched.said(message("READY", "1"));
    watched.said(message("WATCHDOG", "1"));
    events.await(WatchdogExpired.class);
    assertThat(timers.size()).isZero();
    assertThat(events.events())
        .containsExactly(new ReadinessReported(INSTANCE, 3), new WatchdogExpired(INSTANCE, 3));
  }

  @Test
  void aServiceMayChooseItsIntervalAndEndTheWatch() {
    listener.said(message("WATCHDOG_USEC", "60000000"));
    assertThat(timers.size()).isEqualTo(1);
    listener.said(message("STOPPING", "1"));
    assertThat(events.events()).doesNotContain(new WatchdogExpired(INSTANCE, 3));
    listener.said(message("WATCHDOG", "trigger"));
    assertThat(events.events()).contains(new WatchdogExpired(INSTANCE, 3));
  }

  @Test
  void nonsenseIsIgnored() {
    listener.said(message("WATCHDOG_USEC", "99999999999999999999"));
    listener.said(message("WATCHDOG_USEC", "-1"));
    listener.said(message("WATCHDOG_USEC", "0"));
    listener.said(message("MAINPID", "1"));
    assertThat(events.events()).isEmpty();
    assertThat(timers.size()).isZero();
  }
}
