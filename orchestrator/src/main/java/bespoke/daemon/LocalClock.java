package bespoke.daemon;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/// The machine's clock in its time zone. The zone is looked up when it is first asked for, since
/// that reads the tables of all zones, which [WarmUp] does meanwhile.
final class LocalClock extends Clock {

  @Override
  public ZoneId getZone() {
    return ZoneId.systemDefault();
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
