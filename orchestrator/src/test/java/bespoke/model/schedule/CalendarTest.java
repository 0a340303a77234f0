package bespoke.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTest {
  // a Thursday
  private static final String NOW = "2026-11-26T14:47:30Z[UTC]";

  private static String next(Recurrence recurrence, String after) {
    return recurrence.next(ZonedDateTime.parse(after)).map(ZonedDateTime::toString).orElse("never");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "minutely                      | 2026-11-26T14:48Z[UTC]",
        "hourly                        | 2026-11-26T15:00Z[UTC]",
        "weekly                        | 2026-11-30T00:00Z[UTC]",
        "quarterly                     | 2027-01-01T00:00Z[UTC]",
        "02:00                         | 2026-11-27T02:00Z[UTC]",
        "Mon..Fri *-*-* 02:00:00       | 2026-11-27T02:00Z[UTC]",
        "Sat,Sun 03:30                 | 2026-11-28T03:30Z[UTC]",
        "*:0/15                        | 2026-11-26T15:00Z[UTC]",
        "*:*:0/20                      | 2026-11-26T14:47:40Z[UTC]",
        "*-*-1/2                       | 2026-11-27T00:00Z[UTC]",
        "*-02~01                       | 2027-02-28T00:00Z[UTC]",
        "2028-02~01 12:00              | 2028-02-29T12:00Z[UTC]",
        "Mon *-05~07/1                 | 2027-05-31T00:00Z[UTC]",
        "02-29                         | 2028-02-29T00:00Z[UTC]",
        "2026-11-26 14:47:30           | never",
        "*-02-30                       | never",
        "10:00 Europe/Berlin           | 2026-11-27T09:00Z[UTC]",
      })
  void systemdsCalendarEventsAreDueWhenSystemdSays(String text, String expected)
      throws ScheduleException {
    assertThat(next(CalendarText.read(text, Optional.empty()), NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/5 * * * *     | 2026-11-26T14:50Z[UTC]",
        "0 2 * * 1-5     | 2026-11-27T02:00Z[UTC]",
        "0 2 * * sun     | 2026-11-29T02:00Z[UTC]",
        "0 2 * * 7       | 2026-11-29T02:00Z[UTC]",
        "0 0 13 * fri    | 2026-11-27T00:00Z[UTC]",
        "30 4 1,15 * *   | 2026-12-01T04:30Z[UTC]",
        "0 0 1 jan *     | 2027-01-01T00:00Z[UTC]",
        "@daily          | 2026-11-27T00:00Z[UTC]",
      })
  void cronSchedulesAreDueWhenCronSays(String text, String expected) throws ScheduleException {
    assertThat(next(CronText.read(text, Optional.empty()), NOW)).isEqualTo(expected);
  }

  @Test
  void aTimeThatTheClockSkipsIsDueAfterTheGapAndOneThatItRepeatsOnce() throws ScheduleException {
    Recurrence halfPastTwo = CalendarText.read("02:30", Optional.empty());
    List<String> seen = new ArrayList<>();
    ZonedDateTime at = ZonedDateTime.of(2026, 3, 28, 12, 0, 0, 0, ZoneId.of("Europe/Berlin"));
    for (int i = 0; i < 2; i++) {
      at = halfPastTwo.next(at).orElseThrow();
      seen.add(at.toString());
    }
    at = ZonedDateTime.of(2026, 10, 24, 12, 0, 0, 0, ZoneId.of("Europe/Berlin"));
    for (int i = 0; i < 2; i++) {
      at = halfPastTwo.next(at).orElseThrow();
      seen.add(at.toString());
    }
    assertThat(seen)
        .containsExactly(
            "2026-03-29T03:30+02:00[Europe/Berlin]",
            "2026-03-30T02:30+02:00[Europe/Berlin]",
            "2026-10-25T02:30+02:00[Europe/Berlin]",
            "2026-10-26T02:30+01:00[Europe/Berlin]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "25:00",
        "*-13-01",
        "Noday 10:00",
        "*-*-* 10:00 10:00",
        "*:*:0.5",
        "5..1:00",
        "*/0:00",
        "1",
        "10:00 Nowhere/City",
        "*-*-*-* 1:00",
        "Mon..",
        "~"
      })
  void nonsenseIsNoCalendarEvent(String text) {
    assertThatThrownBy(() -> CalendarText.read(text, Optional.empty()))
        .isInstanceOf(ScheduleException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* * 0 * *",
        "a * * * *",
        "5-1 * * * *",
        "@reboot",
        "5/2 * * * *",
        "-1 * * * *",
        "99999999999 * * * *"
      })
  void nonsenseIsNoCronSchedule(String text) {
    assertThatThrownBy(() -> CronText.read(text, Optional.empty()))
        .isInstanceOf(ScheduleException.class);
  }
}
