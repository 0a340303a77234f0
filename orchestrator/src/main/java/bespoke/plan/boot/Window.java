package bespoke.plan.boot;

import java.time.Duration;
import java.util.Arrays;

/// The last few times that something took. Bounded: an old one is overwritten by a new one.
final class Window {
  /// How many are kept: enough that one odd start does not move the median.
  static final int SIZE = 15;

  private final long[] millis = new long[SIZE];
  private int count;

  Window copy() {
    Window copy = new Window();
    System.arraycopy(millis, 0, copy.millis, 0, SIZE);
    copy.count = count;
    return copy;
  }

  void add(long duration) {
    millis[count % SIZE] = duration;
    count = count + 1 == 2 * SIZE ? SIZE : count + 1;
  }

  boolean isEmpty() {
    return count == 0;
  }

  Duration median() {
    return Duration.ofMillis(median(sorted()));
  }

  /// The median distance from the median, which a single odd one does not change.
  Duration spread() {
    long[] sorted = sorted();
    long median = median(sorted);
    return Duration.ofMillis(
        median(Arrays.stream(sorted).map(it -> Math.abs(it - median)).sorted().toArray()));
  }

  private long[] sorted() {
    long[] kept = Arrays.copyOf(millis, Math.min(count, SIZE));
    Arrays.sort(kept);
    return kept;
  }

  private static long median(long[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
