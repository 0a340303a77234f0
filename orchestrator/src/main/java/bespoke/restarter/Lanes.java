package bespoke.restarter;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

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
    Runnable[] next = new Runnable[1];
    while (true) {
      next[0] = null;
      waiting.computeIfPresent(
          lane,
          (key, queue) -> {
            next[0] = queue.poll();
            return next[0] == null ? null : queue;
          });
      if (next[0] == null) {
        return;
      }
      try {
        next[0].run();
      } catch (RuntimeException | Error failure) {
        failures.accept(failure);
      }
    }
  }
}
