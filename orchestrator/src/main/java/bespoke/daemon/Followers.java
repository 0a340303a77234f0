package bespoke.daemon;

import bespoke.control.Machine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Those who follow a stream; each has a bounded queue and is cut off when it is full, so that a
/// slow reader costs nobody else anything. May be used from any thread.
///
/// @param <N> what they are told
final class Followers<N> {
  private final CopyOnWriteArrayList<Follower> all = new CopyOnWriteArrayList<>();
  private volatile String ended = "";

  boolean isEmpty() {
    return all.isEmpty();
  }

  /// @param id rising
  void tell(long id, N news) {
    for (Follower follower : all) {
      follower.tell(id, news);
    }
  }

  /// Begins to follow.
  ///
  /// @param afterId what has a number up to this one is known already
  Machine.Subscription<N> follow(long afterId, int backlog) {
    Follower follower = new Follower(afterId, backlog);
    all.add(follower);
    return follower;
  }

  /// Ends all subscriptions.
  void end(String reason) {
    ended = reason;
    all.forEach(Follower::wake);
  }

  private final class Follower implements Machine.Subscription<N> {
    private final long afterId;
    private final LinkedBlockingQueue<Entry<N>> queue;
    private volatile boolean overflowed;

    Follower(long afterId, int backlog) {
      this.afterId = afterId;
      this.queue = new LinkedBlockingQueue<>(backlog);
    }

    void tell(long id, N news) {
      if (id > afterId && !queue.offer(new Entry<>(news))) {
        overflowed = true;
        all.remove(this);
      }
    }

    void wake() {
      if (!queue.offer(new Entry<>(null))) {
        overflowed = true;
      }
    }

    @Override
    public Optional<N> next(Duration patience)
        throws Machine.CutOffException, InterruptedException {
      Entry<N> entry = queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (entry == null && overflowed) {
        throw new Machine.CutOffException("too slow: more happened than could be told");
      }
      if (entry != null && entry.news() == null || entry == null && !ended.isEmpty()) {
        throw new Machine.CutOffException(ended);
      }
      return entry == null ? Optional.empty() : Optional.ofNullable(entry.news());
    }

    @Override
    public void close() {
      all.remove(this);
    }
  }

  /// @param news null when the stream ends
  private record Entry<N>(@Nullable N news) {}
}
