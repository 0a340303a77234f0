package bespoke.model.schedule;

import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Due whenever one of several is.
///
/// @param all at least one
public record FirstOf(List<Recurrence> all) implements Recurrence {
  public FirstOf {
    all = List.copyOf(all);
  }

  @Override
  public Optional<ZonedDateTime> next(ZonedDateTime after) {
    return all.stream()
        .flatMap(each -> each.next(after).stream())
        .min(Comparator.comparing(ZonedDateTime::toInstant));
  }
}
