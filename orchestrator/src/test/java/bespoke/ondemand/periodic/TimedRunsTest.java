package bespoke.ondemand.periodic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bespoke.contract.ProcessExit;
import bespoke.model.MethodOutcome;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.ondemand.NotArmedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimedRunsTest {
  @TempDir Path directory;
  private FakeRuns runs;
  private TimedRuns timed;

  @BeforeEach
  void prepare() {
    runs = new FakeRuns(directory);
    timed = new TimedRuns(runs, new SplittableRandom(7));
  }

  private static PropertyGroups groups(String name, String... pairs) {
    List<Property> properties = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.add(Property.of(pairs[i], PropertyType.ASTRING, pairs[i + 1], Origin.UNKNOWN));
    }
    return PropertyGroups.of(
        List.of(PropertyGroup.of(name, PropertyGroup.FRAMEWORK, properties, Origin.UNKNOWN)));
  }

  private void ends(long contract, int status) {
    timed.exited(
        contract,
        new ProcessExit(
            contract,
            1,
            OptionalLong.of(1),
            new MethodOutcome.Exited(status),
            OptionalInt.empty(),
            Optional.empty()));
    timed.emptied(contract);
  }

  private List<String> times() {
    return runs.started.stream().map(Instant::toString).map(text -> text.substring(11)).toList();
  }

  @Test
  void aPeriodCountsFromTheBeginningOfTheLastRun() throws NotArmedException {
    timed.arm(groups("periodic", "period_seconds", "60", "delay_seconds", "5"));
    for (int i = 1; i <= 3; i++) {
      runs.pass(Duration.ofSeconds(60));
      ends(i, 0);
    }
    assertThat(times()).containsExactly("14:47:35Z", "14:48:35Z", "14:49:35Z");
  }

  @Test
  void theWholeDayIsSleptThroughUntilTheScheduledTime() throws NotArmedException {
    assertThat(timed.arm(groups("scheduled", "calendar", "02:00")))
        .isEqualTo("next run Fri 2026-11-27 02:00:00");
    runs.pass(Duration.ofHours(24));
    assertThat(times()).containsExactly("02:00:00Z");
  }

  @Test
  void aTimeThatComesWhileARunIsUnderWayIsLeftOut() throws NotArmedException {
    timed.arm(groups("periodic", "period_seconds", "10", "delay_seconds", "1"));
    runs.pass(Duration.ofSeconds(25));
    assertThat(times()).containsExactly("14:47:31Z");
    assertThat(runs.lines).contains("The last run is still under way; this one is left out.");
    ends(1, 0);
    runs.pass(Duration.ofSeconds(10));
    assertThat(runs.started).hasSize(2);
  }

  @Test
  void failuresInARowAreCountedAndASuccessForgivesThem() throws NotArmedException {
    timed.arm(groups("periodic", "period_seconds", "10"));
    for (int status : new int[] {1, 1, 0, 1, 1, 1}) {
      runs.pass(Duration.ofSeconds(10));
      assertThat(runs.failures).isEmpty();
      ends(runs.started.size(), status);
    }
    assertThat(runs.failures)
        .containsExactly("Its last 3 runs failed; the last one exited with status 1.");
  }

  @Test
  void aRunThatTakesTooLongIsKilledAndCountsAsFailed() throws NotArmedException {
    runs.timeout = Duration.ofSeconds(3);
    timed.arm(groups("periodic", "period_seconds", "10", "failures_max", "1"));
    runs.pass(Duration.ofSeconds(4));
    assertThat(runs.killed).containsExactly(1L);
    ends(1, 0);
    assertThat(runs.failures).containsExactly("Its last 1 runs failed; the last one timed out.");
  }

  @Test
  void aPersistentScheduleMakesUpForWhatItMissed() throws NotArmedException {
    PropertyGroups persistent = groups("scheduled", "calendar", "02:00", "persistent", "true");
    timed.arm(persistent);
    runs.pass(Duration.ofHours(12));
    ends(1, 0);
    timed.disarm();
    runs.now = runs.now.plus(Duration.ofDays(3));
    TimedRuns next = new TimedRuns(runs, new SplittableRandom(7));
    next.arm(persistent);
    runs.pass(Duration.ofSeconds(1));
    assertThat(times()).containsExactly("02:00:00Z", "02:47:30Z");
    assertThat(runs.started.getLast()).isEqualTo("2026-11-30T02:47:30Z");
  }

  @Test
  void jitterNeverExceedsItsLimit() throws NotArmedException {
    timed.arm(groups("scheduled", "cron", "0 * * * *", "jitter_seconds", "120"));
    for (int i = 1; i <= 50; i++) {
      runs.pass(Duration.ofHours(1));
      ends(runs.started.size(), 0);
    }
    assertThat(runs.started).hasSizeGreaterThan(45);
    assertThat(runs.started)
        .allSatisfy(time -> assertThat(time.getEpochSecond() % 3600).isBetween(0L, 120L));
    assertThat(runs.started.stream().map(time -> time.getEpochSecond() % 3600).distinct().count())
        .isGreaterThan(10);
  }

  @ParameterizedTest
  @CsvSource({
    "periodic,period_seconds,0,periodic/period_seconds has to be at least 1.",
    "periodic,period_seconds,soon,'periodic/period_seconds is a number from 0 to 316224000,"
        + " not \"soon\".'",
    "periodic,delay_seconds,1,periodic/period_seconds has to be at least 1.",
    "scheduled,calendar,noon,'The property group scheduled is wrong: \"noon\" is no weekday; it is"
        + " a number from 1 to 7 or a name.'",
    "scheduled,timezone,Mars/Base,'scheduled/timezone \"Mars/Base\" is no time zone; one is"
        + " Europe/Berlin.'",
    "other,period_seconds,1,'It has neither a property group periodic nor one scheduled, so it is"
        + " never due.'"
  })
  void whatIsNoTimetableIsSaid(String group, String name, String value, String message) {
    assertThatThrownBy(() -> timed.arm(groups(group, name, value)))
        .isInstanceOf(NotArmedException.class)
        .hasMessage(message);
    runs.pass(Duration.ofDays(1));
    assertThat(runs.started).isEmpty();
  }
}
