package bespoke.control;

import bespoke.api.BlockerRecord;
import bespoke.api.ProgressRecord;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `svcadm -s`: waits until every instance has arrived or cannot any more, and tells how it goes
/// (svcadm(8); smf.md 8.3).
final class Waiting {
  /// An instance is looked at when it moves, and at least this often.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);

  /// It failed: maintenance, or somebody else changed the setting.
  private static final int STATUS_FAILED = 3;

  /// It cannot arrive as things are.
  private static final int STATUS_HOPELESS = 4;

  private final Machine machine;
  private final int backlog;

  Waiting(Machine machine, int backlog) {
    this.machine = machine;
    this.backlog = backlog;
  }

  /// How the wait ended.
  ///
  /// @param status 0, 3 or 4; 3 wins
  record Result(int status, List<String> messages) {}

  /// What is known of one instance that is waited for.
  sealed interface Verdict {
    record Arrived() implements Verdict {}

    record Coming() implements Verdict {}

    record Lost(int status, String message) implements Verdict {}
  }

  /// Waits for all.
  ///
  /// @throws IOException if the client is gone
  Result await(Actions.Action action, List<InstanceFmri> instances, Answer answer)
      throws IOException {
    Map<InstanceFmri, @Nullable ProgressRecord> pending = new LinkedHashMap<>();
    instances.forEach(fmri -> pending.put(fmri, null));
    List<String> messages = new ArrayList<>();
    int status = 0;
    try (Machine.Subscription<Machine.Notice> subscription =
        machine.watch(backlog).subscription()) {
      while (true) {
        status = combine(status, look(action, pending, messages, answer));
        answer.flush();
        if (pending.isEmpty()) {
          return new Result(status, messages);
        }
        awaitStep(subscription, pending);
      }
    } catch (Machine.CutOffException e) {
      messages.add(String.valueOf(e.getMessage()));
      return new Result(1, messages);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static int combine(int one, int other) {
    if (one == 0 || other == 0) {
      return Math.max(one, other);
    }
    return Math.min(one, other);
  }

  private static void awaitStep(
      Machine.Subscription<Machine.Notice> subscription,
      Map<InstanceFmri, @Nullable ProgressRecord> pending)
      throws Machine.CutOffException, InterruptedException {
    long until = System.nanoTime() + LOOK_AGAIN.toNanos();
    for (long left = LOOK_AGAIN.toNanos(); left > 0; left = until - System.nanoTime()) {
      Optional<Machine.Notice> notice = subscription.next(Duration.ofNanos(left));
      if (notice.isPresent() && pending.containsKey(notice.get().transition().instance())) {
        return;
      }
    }
  }

  private int look(
      Actions.Action action,
      Map<InstanceFmri, @Nullable ProgressRecord> pending,
      List<String> messages,
      Answer answer)
      throws IOException {
    int status = 0;
    for (InstanceFmri fmri : List.copyOf(pending.keySet())) {
      Optional<InstanceStatus> found = machine.status(fmri);
      Verdict verdict =
          found.isEmpty()
              ? new Verdict.Lost(STATUS_FAILED, "Instance \"" + fmri + "\" has been deleted.")
              : judge(action, found.get());
      if (found.isPresent()) {
        report(found.get(), verdict, pending, answer);
      }
      switch (verdict) {
        case Verdict.Coming coming -> {}
        case Verdict.Arrived arrived -> pending.remove(fmri);
        case Verdict.Lost(int code, String message) -> {
          pending.remove(fmri);
          messages.add(message);
          status = combine(status, code);
        }
      }
    }
    return status;
  }

  private void report(
      InstanceStatus status,
      Verdict verdict,
      Map<InstanceFmri, @Nullable ProgressRecord> pending,
      Answer answer)
      throws IOException {
    ProgressRecord record =
        new ProgressRecord(
            status.fmri().toString(),
            status.runtime().state().toString(),
            Records.word(status.runtime().next()),
            !(verdict instanceof Verdict.Coming),
            verdict instanceof Verdict.Coming ? blockers(status) : List.of());
    if (!record.equals(pending.put(status.fmri(), record))) {
      answer.add(record);
    }
  }

  private List<BlockerRecord> blockers(InstanceStatus status) {
    if (status.runtime().state() != InstanceState.OFFLINE || status.runtime().next() != null) {
      return List.of();
    }
    List<BlockerRecord> records = new ArrayList<>();
    for (Blockers.Blocker blocker : new Blockers(machine).of(status)) {
      records.add(
          new BlockerRecord(
              blocker.dependency().name(),
              blocker.dependency().grouping().toString(),
              blocker.entity().toString(),
              blocker.state()));
    }
    return records;
  }

  private Verdict judge(Actions.Action action, InstanceStatus status) {
    return switch (action) {
      case ENABLE, RESTART, CLEAR -> judgeStart(action, status);
      case DISABLE -> judgeStop(status);
      case REFRESH -> arrivedIf(status.runtime().next() == null);
      case MARK_MAINTENANCE -> arrivedIf(isAt(status, InstanceState.MAINTENANCE));
      case MARK_DEGRADED -> arrivedIf(isAt(status, InstanceState.DEGRADED));
    };
  }

  private Verdict judgeStart(Actions.Action action, InstanceStatus status) {
    String name = "Instance \"" + status.fmri() + "\" ";
    boolean rests = status.runtime().next() == null;
    InstanceState state = status.runtime().state();
    if (state.isRunning() && (rests || action == Actions.Action.ENABLE)) {
      return new Verdict.Arrived();
    }
    if (state == InstanceState.MAINTENANCE && rests) {
      return new Verdict.Lost(STATUS_FAILED, name + "is in maintenance state.");
    }
    if (!status.enabled().effective()) {
      return action == Actions.Action.ENABLE
          ? new Verdict.Lost(STATUS_FAILED, name + "has been disabled by another entity.")
          : arrivedIf(rests);
    }
    if (rests && !new Potential(machine).of(status)) {
      return new Verdict.Lost(STATUS_HOPELESS, name + "has unsatisfied dependencies.");
    }
    return new Verdict.Coming();
  }

  private static Verdict judgeStop(InstanceStatus status) {
    String name = "Instance \"" + status.fmri() + "\" ";
    if (isAt(status, InstanceState.DISABLED)) {
      return new Verdict.Arrived();
    }
    if (status.enabled().effective()) {
      return new Verdict.Lost(STATUS_FAILED, name + "has been enabled by another entity.");
    }
    if (isAt(status, InstanceState.MAINTENANCE)) {
      return new Verdict.Lost(STATUS_FAILED, name + "is in maintenance state.");
    }
    return new Verdict.Coming();
  }

  private static boolean isAt(InstanceStatus status, InstanceState state) {
    return status.runtime().state() == state && status.runtime().next() == null;
  }

  private static Verdict arrivedIf(boolean arrived) {
    return arrived ? new Verdict.Arrived() : new Verdict.Coming();
  }
}
