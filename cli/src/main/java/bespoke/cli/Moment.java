package bespoke.cli;

import bespoke.api.listing.Times;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A moment as a person writes it: `14:05`, `2026-11-26 14:05:30`, `2026-11-26`,
/// `2026-11-26T13:05:30Z`, `90s`, `5m`, `2h`, `3d` (so long ago), `@1732630000` (seconds since
/// 1970).
final class Moment {
  /// What a person may write, for messages and manuals.
  static final String FORMS = "14:05, 2026-11-26 14:05:30, 90s, 5m, 2h, 3d or @SECONDS";

  private static final Pattern AGO = Pattern.compile("([0-9]{1,9})\\s*([smhd])(?:\\s+ago)?");
  private static final Pattern EPOCH = Pattern.compile("@([0-9]{1,12})");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}(?::[0-9]{2})?");

  private Moment() {}

  /// @param now a time without date is the last such time before it
  /// @return milliseconds since 1970 UTC; empty if the text means no moment
  static OptionalLong parse(String text, Instant now, Times.Zone zone) {
    String clean = text.strip();
    Matcher ago = AGO.matcher(clean);
    Matcher epoch = EPOCH.matcher(clean);
    try {
      if (ago.matches()) {
        return OptionalLong.of(now.minus(duration(ago)).toEpochMilli());
      }
      if (epoch.matches()) {
        return OptionalLong.of(Long.parseLong(epoch.group(1)) * 1000);
      }
      if (TIME.matcher(clean).matches()) {
        int offset = zone.offsetSeconds(now.getEpochSecond());
        LocalDateTime today =
            LocalDateTime.ofEpochSecond(now.getEpochSecond() + offset, 0, ZoneOffset.UTC)
                .with(LocalTime.parse(clean));
        long millis = epochMillis(today, zone);
        return OptionalLong.of(
            millis <= now.toEpochMilli() ? millis : epochMillis(today.minusDays(1), zone));
      }
      String iso = DATE.matcher(clean).matches() ? clean + "T00:00" : clean.replace(' ', 'T');
      boolean hasZone = iso.endsWith("Z") || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > 10;
      return OptionalLong.of(
          hasZone
              ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
              : epochMillis(LocalDateTime.parse(iso), zone));
    } catch (DateTimeException none) {
      return OptionalLong.empty();
    }
  }

  private static long epochMillis(LocalDateTime local, Times.Zone zone) {
    long asUtc = local.toEpochSecond(ZoneOffset.UTC);
    int offset = zone.offsetSeconds(asUtc - zone.offsetSeconds(asUtc));
    return (asUtc - offset) * 1000;
  }

  private static Duration duration(Matcher ago) {
    long count = Long.parseLong(ago.group(1));
    return switch (ago.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /// The moment that an option says.
  ///
  /// @throws UsageException if it says none
  static long option(String option, String text, Console console) {
    return parse(text, console.clock().instant(), console.zone())
        .orElseThrow(() ->
            new UsageException(
                option + " needs a time such as " + FORMS + ", not \"" + text + "\""));
  }
}
