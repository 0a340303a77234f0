package bespoke.daemon;

import bespoke.engine.Event;
import bespoke.model.Actor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// What waits for the `engine` thread, in the order of arrival.
///
/// Requests of people are refused when more than a limit wait. Answers of worlds never are: there
/// is at most one for every order given, so they are bounded by the orders, and refusing one would
/// lose a fact.
final class Inbox {
  private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final int requestsMax;

  /// One thing for the engine thread to do.
  sealed interface Item {}

  /// A fact for the engine.
  ///
  /// @param cause id of the event that led to it, or 0
  /// @param answered completed with the event's id when all that must be durable is, or null
  record Arrived(
      Event event, long cause, Optional<Actor> actor, @Nullable CompletableFuture<Long> answered)
      implements Item {}

  /// A question, or a step that must run on the engine thread.
  ///
  /// @param step runs on the engine thread; must be quick and must not throw
  record Asked(Step<?> step) implements Item {}

  /// Nothing more is to be done.
  record Ended() implements Item {}

  Inbox(int requestsMax) {
    this.requestsMax = requestsMax;
  }

  /// Adds what must not be lost.
  void put(Item item) {
    queue.add(item);
  }

  /// Adds a request of a person, unless too much waits already.
  boolean offer(Item item) {
    return queue.size() < requestsMax && queue.offer(item);
  }

  /// Waits for the first item and takes up to `max` in all.
  void take(List<Item> batch, int max) throws InterruptedException {
    batch.add(queue.take());
    queue.drainTo(batch, max - 1);
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }
}
