package bespoke.os;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Values that other threads add, with a way to wait for them.
final class Observed<T> {
  private static final long PATIENCE_SECONDS = 30;
  private final List<T> values = new ArrayList<>();

  synchronized void add(T value) {
    values.add(value);
    notifyAll();
  }

  synchronized List<T> all() {
    return List.copyOf(values);
  }

  synchronized List<T> await(Predicate<List<T>> wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!wanted.test(List.copyOf(values))) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("still waiting after " + values);
      }
      wait(left);
    }
    return List.copyOf(values);
  }

  List<T> awaitCount(int count) throws InterruptedException {
    return await(all -> all.size() >= count);
  }
}
