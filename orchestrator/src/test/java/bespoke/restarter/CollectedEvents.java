package bespoke.restarter;

import bespoke.engine.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Keeps what the restarter answers, and waits for answers.
final class CollectedEvents implements EventSink {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// An answer with its cause.
  record Posted(long cause, Event event) {}

  private final List<Posted> posted = new ArrayList<>();

  @Override
  public synchronized void post(long cause, Event event) {
    posted.add(new Posted(cause, event));
    notifyAll();
  }

  synchronized List<Posted> all() {
    return List.copyOf(posted);
  }

  synchronized List<Event> events() {
    return posted.stream().map(Posted::event).toList();
  }

  /// The first event of that kind that fits, when it comes.
  <E extends Event> E await(Class<E> kind, Predicate<E> fits) {
    return kind.cast(awaitPosted(kind, fits, 1).event());
  }

  <E extends Event> E await(Class<E> kind) {
    return await(kind, _ -> true);
  }

  /// The n-th answer of that kind that fits, when it comes.
  synchronized <E extends Event> Posted awaitPosted(Class<E> kind, Predicate<E> fits, int nth) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<Posted> found =
          posted.stream()
              .filter(p -> kind.isInstance(p.event()) && fits.test(kind.cast(p.event())))
              .toList();
      if (found.size() >= nth) {
        return found.get(nth - 1);
      }
      long leftMillis = (end - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        throw new AssertionError("no " + kind.getSimpleName() + " among " + posted);
      }
      try {
        wait(leftMillis);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
