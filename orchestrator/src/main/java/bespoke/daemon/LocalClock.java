package bespoke.daemon;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TimeZone;

/// The machine's clock in its time zone, which it gives as the offset of now: for the lines of logs
/// that is the same, and a `ZoneId` by name looks into every jar for more time zones.
///
/// The zone is looked up when it is first asked for; [WarmUp] does that meanwhile.
final class LocalClock extends Clock {

  @Override
  public ZoneId getZone() {
    return ZoneOffset.ofTotalSeconds(TimeZone.getDefault().getOffset(millis()) / 1000);
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return system(zone);
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public long millis() {
    return System.currentTimeMillis();
  }
}
