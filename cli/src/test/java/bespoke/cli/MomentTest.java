package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  private static OptionalLong parse(String text) {
    return Moment.parse(text, NOW, second -> 3600);
  }

  @ParameterizedTest
  @CsvSource({
    "12:30,2026-03-10T11:30:00Z",
    "13:00:00,2026-03-10T12:00:00Z",
    "13:00:01,2026-03-09T12:00:01Z",
    "2026-03-01,2026-02-28T23:00:00Z",
    "2026-03-01 08:00,2026-03-01T07:00:00Z",
    "2026-03-01T08:00:05,2026-03-01T07:00:05Z",
    "2026-03-01T08:00:05Z,2026-03-01T08:00:05Z",
    "2026-03-01T08:00:05-02:00,2026-03-01T10:00:05Z",
    "90s,2026-03-10T11:58:30Z",
    "5m ago,2026-03-10T11:55:00Z",
    "2h,2026-03-10T10:00:00Z",
    "3d,2026-03-07T12:00:00Z",
    "@1773144000,2026-03-10T12:00:00Z"
  })
  void aMomentIsReadAsAPersonMeansIt(String text, String means) {
    assertThat(parse(text)).hasValue(Instant.parse(means).toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "25:00",
        "2026-13-01",
        "5",
        "-5m",
        "99999999999d",
        "12:00pm",
        "@",
        "2026-02-30",
        "@99999999999999999999",
        "2026-03-01T08:00:05+99:00"
      })
  void nonsenseMeansNoMoment(String text) {
    assertThat(parse(text)).isEmpty();
  }
}
