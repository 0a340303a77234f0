package bespoke.daemon;

import bespoke.control.Machine;
import bespoke.engine.Decision;
import bespoke.engine.Envelope;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Hands transitions to those who follow them; each has a bounded queue and is cut off when it is
/// full, so that a slow reader costs nobody else anything.
final class Publisher {
  private final CopyOnWriteArrayList<Follower> followers = new CopyOnWriteArrayList<>();
  private volatile String ended = "";

  /// Publishes the transitions of one envelope; called on the engine thread.
  void publish(Envelope envelope, List<Decision> decisions) {
    if (followers.isEmpty()) {
      return;
    }
    for (Decision decision : decisions) {
      if (decision instanceof Decision.RecordTransition(Transition transition)) {
        Machine.Notice notice = new Machine.Notice(transition, envelope.actor());
        for (Follower follower : followers) {
          follower.tell(envelope.id(), notice);
        }
      }
    }
  }

  /// Begins to follow.
  ///
  /// @param afterId what happened up to this envelope is known already
  Machine.Subscription follow(long afterId, int backlog) {
    Follower follower = new Follower(afterId, backlog);
    followers.add(follower);
    return follower;
  }

  /// Ends all subscriptions.
  void end(String reason) {
    ended = reason;
    followers.forEach(Follower::wake);
  }

  private final class Follower implements Machine.Subscription {
    private final long afterId;
    private final LinkedBlockingQueue<Entry> queue;
    private volatile boolean overflowed;

    Follower(long afterId, int backlog) {
      this.afterId = afterId;
      this.queue = new LinkedBlockingQueue<>(backlog);
    }

    void tell(long id, Machine.Notice notice) {
      if (id > afterId && !queue.offer(new Entry(notice))) {
        overflowed = true;
        followers.remove(this);
      }
    }

    void wake() {
      if (!queue.offer(new Entry(null))) {
        overflowed = true;
      }
    }

    @Override
    public Optional<Machine.Notice> next(Duration patience)
        throws Machine.CutOffException, InterruptedException {
      Entry entry = queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (entry == null && overflowed) {
        throw new Machine.CutOffException("too slow: more happened than could be told");
      }
      if (entry != null && entry.notice() == null || entry == null && !ended.isEmpty()) {
        throw new Machine.CutOffException(ended);
      }
      return entry == null ? Optional.empty() : Optional.ofNullable(entry.notice());
    }

    @Override
    public void close() {
      followers.remove(this);
    }
  }

  /// @param notice null when the stream ends
  private record Entry(Machine.@Nullable Notice notice) {}
}
