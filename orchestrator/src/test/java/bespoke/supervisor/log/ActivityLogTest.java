package bespoke.supervisor.log;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.supervisor.config.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityLogTest {
  @TempDir Path directory;

  private Instant now = Instant.EPOCH;

  private List<String> lines(long... millis) throws IOException {
    Path path = directory.resolve("log");
    var file = new RotatingFile(path, 0, 0);
    var log = new ActivityLog(LogLevel.INFO, () -> now, file, null, null);
    for (long each : millis) {
      now = Instant.ofEpochMilli(each);
      log.write(LogLevel.INFO, "a\rb");
      log.write(LogLevel.DEBUG, "not wanted");
    }
    log.close();
    return Files.readAllLines(path);
  }

  @Test
  void eachLineHasItsTimeToTheMillisecond() throws IOException {
    long second = 1_795_716_195_000L;

    assertThat(lines(second, second + 7, second + 89, second + 999, second + 1000, second - 1))
        .containsExactly(
            line(second, "000"),
            line(second, "007"),
            line(second, "089"),
            line(second, "999"),
            line(second + 1000, "000"),
            line(second - 1, "999"));
  }

  private static String line(long millis, String fraction) {
    String stamp =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .withZone(ZoneId.systemDefault())
            .format(Instant.ofEpochMilli(millis));
    return stamp + "," + fraction + " INFO a b";
  }
}
