package bespoke.model.schedule;

import java.time.ZonedDateTime;
import java.util.Optional;

/// Something that is due again and again.
@FunctionalInterface
public interface Recurrence {

  /// The first time it is due strictly after a moment; empty when that never happens again.
  Optional<ZonedDateTime> next(ZonedDateTime after);
}
