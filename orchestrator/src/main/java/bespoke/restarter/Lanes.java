package bespoke.restarter;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Work of one lane, such as an instance, in order; work of different lanes at the same time.
///
/// A lane that has nothing to do costs nothing. Adding never blocks.
final class Lanes<K> {

  private final ConcurrentHashMap<K, Queue<Runnable>> waiting = new ConcurrentHashMap<>();
  private final Executor executor;
  private final Consumer<Throwable> failures;

  /// @param executor runs lanes; as many at a time as it has threads
  /// @param failures told of what a piece of work throws: a bug; the lane goes on
  Lanes(Executor executor, Consumer<Throwable> failures) {
    this.executor = executor;
    this.failures = failures;
  }

  /// Does the work after everything that was added to the lane before.
  void add(K lane, Runnable work) {
    waiting.compute(
        lane,
        (key, queue) -> {
          Queue<Runnable> line = queue;
          if (line == null) {
            line = new ArrayDeque<>(4);
            executor.execute(() -> drain(lane));
          }
          line.add(work);
          return line;
        });
  }

  private void drain(K lane) {
    for (Runnable next = take(lane); next != null; next = take(lane)) {
      try {
        next.run();
      } catch (RuntimeException | Error failure) {
        failures.accept(failure);
      }
    }
  }

  /// The next piece of work, or null; then the lane is gone.
  private @Nullable Runnable take(K lane) {
    AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
    waiting.computeIfPresent(
        lane,
        (key, queue) -> {
          next.set(queue.poll());
          return next.get() == null ? null : queue;
        });
    return next.get();
  }
}
