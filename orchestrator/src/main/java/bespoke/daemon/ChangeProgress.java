package bespoke.daemon;

import bespoke.api.ChangeRecord;
import bespoke.api.ChangeStepRecord;
import bespoke.control.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// Tells everybody who watches how the change under way goes; who is too slow misses steps.
final class ChangeProgress {
  private static final int STEPS_MAX = 10_000;

  private final CopyOnWriteArrayList<Follower> followers = new CopyOnWriteArrayList<>();

  /// Begins to watch.
  Transactions.Progress follow(ChangeRun run) {
    Follower follower = new Follower(run);
    followers.add(follower);
    return follower;
  }

  void step(ChangeStepRecord step) {
    for (Follower follower : followers) {
      follower.steps.offer(List.of(step));
    }
  }

  /// Nothing more comes.
  void end() {
    for (Follower follower : new ArrayList<>(followers)) {
      if (!follower.steps.offer(List.of())) {
        follower.steps.clear();
        follower.steps.offer(List.of());
      }
    }
  }

  private final class Follower implements Transactions.Progress {
    private final ChangeRun run;
    private final LinkedBlockingQueue<List<ChangeStepRecord>> steps =
        new LinkedBlockingQueue<>(STEPS_MAX);

    Follower(ChangeRun run) {
      this.run = run;
    }

    @Override
    public Optional<ChangeStepRecord> next() throws InterruptedException {
      List<ChangeStepRecord> step = steps.take();
      return step.isEmpty() ? Optional.empty() : Optional.of(step.getFirst());
    }

    @Override
    public ChangeRecord standing() {
      return ChangeRecords.of(run.entry());
    }

    @Override
    public void close() {
      followers.remove(this);
    }
  }
}
