package bespoke.model.schedule;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;

/// Due a fixed time after the last time.
///
/// @param length at least one second
public record Period(Duration length) implements Recurrence {
  public Period {
    if (length.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a period is at least one second long");
    }
  }

  @Override
  public Optional<ZonedDateTime> next(ZonedDateTime after) {
    return Optional.of(after.plus(length));
  }
}
