package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class LogLineTest {
  private static final ZonedDateTime EARLY =
      ZonedDateTime.of(2026, 1, 4, 2, 5, 8, 0, ZoneOffset.UTC);
  private static final ZonedDateTime LATE =
      ZonedDateTime.of(2026, 12, 31, 23, 59, 58, 0, ZoneOffset.UTC);

  @Test
  void instancesSayTheYear() {
    assertThat(LogLine.ofInstance(LogLine.time(EARLY), "Enabled."))
        .isEqualTo("[ 2026 Jan  4 02:05:08 Enabled. ]\n");
    assertThat(LogLine.time(LATE)).isEqualTo("2026 Dec 31 23:59:58");
  }

  @Test
  void theDaemonSaysWhichOfItsThreads() {
    assertThat(LogLine.ofDaemon(EARLY, "engine", true, "no\nroom"))
        .isEqualTo("Jan  4 02:05:08/engine ERROR: no room\n");
  }
}
