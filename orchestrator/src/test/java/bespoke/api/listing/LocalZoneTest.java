package bespoke.api.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.api.TableView;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalZoneTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"Etc/UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Kolkata"})
  void offsetsAreThoseOfTheJdk(String zone) throws IOException {
    Path file = Path.of("/usr/share/zoneinfo", zone);
    assumeTrue(Files.exists(file));
    boolean summerTime = zone.startsWith("Europe") || zone.startsWith("America");
    // a slim file leaves the years of summer time to its rule, which LocalZone leaves to the JDK
    assumeTrue(!summerTime || Files.size(file) > 2000);
    Times.Zone local = LocalZone.of(null, file);
    Times.Zone named = LocalZone.of(zone, Path.of("/nonexistent"));
    ZoneId expected = ZoneId.of(zone);
    Instant first = Instant.parse("1996-01-01T00:00:00Z");
    for (int weeks = 0; weeks < 52 * 28; weeks++) {
      Instant instant = first.plusSeconds(weeks * 604_800L);
      assertThat(local.offsetSeconds(instant.getEpochSecond()))
          .as("%s at %s", zone, instant)
          .isEqualTo(named.offsetSeconds(instant.getEpochSecond()))
          .isEqualTo(expected.getRules().getOffset(instant).getTotalSeconds());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"})
  void whoIsToldHowAZoneLooksSeesTheSameTimes(String name) {
    Times.Zone zone = LocalZone.of(name, Path.of("/nonexistent"));
    long now = Instant.parse("2026-07-01T12:00:00Z").toEpochMilli();
    assumeTrue(zone instanceof LocalZone local && local.isKnownUntil(now / 1000));
    TableView view = TableView.from(JsonObject.parse(written(((LocalZone) zone).view(now, true))));
    assertThat(view.colour()).isTrue();
    Times told = new Times(LocalZone.of(view), view.nowEpochMillis());
    Times own = new Times(zone, now);
    for (long hours = 0; hours < 24L * 365 * 60; hours += 37) {
      long then = now - hours * 3_600_000L;
      assertThat(told.full(then)).isEqualTo(own.full(then));
      assertThat(told.brief(then)).isEqualTo(own.brief(then));
    }
  }

  private static byte[] written(TableView view) {
    JsonWriter out = JsonWriter.forWire().beginObject();
    view.writeFields(out);
    return out.endObject().line();
  }

  @Test
  void aRuleDoesNotTellHowTheYearsAfterTheFileLook() throws IOException {
    Path berlin = Path.of("/usr/share/zoneinfo/Europe/Berlin");
    assumeTrue(Files.exists(berlin));
    LocalZone zone = (LocalZone) LocalZone.of(null, berlin);
    assertThat(zone.isKnownUntil(Instant.parse("2100-01-01T00:00:00Z").getEpochSecond())).isFalse();
  }

  @Test
  void universalTimeNeedsNoFile() {
    assertThat(LocalZone.of("UTC", Path.of("/nonexistent")).offsetSeconds(1_800_000_000)).isZero();
  }

  @Test
  void aFileThatIsNoneOrAVariableThatIsNoNameLeavesItToTheJdk(@TempDir Path directory)
      throws IOException {
    Path broken = Files.writeString(directory.resolve("localtime"), "TZif2 cut off");
    int expected = ZoneId.systemDefault().getRules().getOffset(Instant.EPOCH).getTotalSeconds();
    assertThat(LocalZone.of(null, broken).offsetSeconds(0)).isEqualTo(expected);
    assertThat(LocalZone.of(null, directory.resolve("none")).offsetSeconds(0)).isEqualTo(expected);
    assertThat(LocalZone.of("CET-1CEST,M3.5.0/2,M10.5.0/3", broken).offsetSeconds(0))
        .isEqualTo(expected);
    assertThat(LocalZone.of("Nowhere/Atlantis", broken).offsetSeconds(0)).isEqualTo(expected);
  }
}
