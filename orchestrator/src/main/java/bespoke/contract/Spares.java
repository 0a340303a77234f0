package bespoke.contract;

import bespoke.os.Descriptor;
import bespoke.os.Poller;
import bespoke.os.ResourceShortage;
import bespoke.os.SpawnRequest;
import bespoke.os.Spawned;
import bespoke.os.Spawner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Keeps one process ready in the cgroup of the contract that will probably be next: a [Spare].
///
/// To join a cgroup takes 10 ms and more when nobody has done so lately, next to nothing in a burst
/// (`docs/performance.md`). So one is made when starts have ceased for a moment, and a lone restart
/// finds it; a burst uses it up with its first start and makes none. At rest it costs a sleeping
/// shell, and no wake-up. Guarded by the lock of [LiveContracts].
final class Spares {
  /// How long nothing must have been started, for each start since the last spare: after one start
  /// as long as joining stays cheap, after many so long that it was no pause within a burst.
  private static final Duration QUIET = Duration.ofMillis(20);

  private static final int STARTS_MAX = 25;

  /// What `ps` shows of it.
  private static final String TITLE = "bespoke-spare";

  private final CgroupTree tree;
  private final Spawner spawner;
  private final Poller poller;
  private final Membership.Changes changes;
  private final LongPredicate isMade;
  private @Nullable Spare waiting;
  private long expected;
  private long expectedAtNanos;
  private int starts;
  private boolean isLooking;
  private boolean isClosed;
  private int lastPid;

  /// @param isMade whether there is a contract of a number already
  Spares(
      CgroupTree tree,
      Spawner spawner,
      Poller poller,
      Membership.Changes changes,
      LongPredicate isMade) {
    this.tree = tree;
    this.spawner = spawner;
    this.poller = poller;
    this.changes = changes;
    this.isMade = isMade;
  }

  /// The contract that will probably be made next.
  void expect(long contract) {
    if (tree.isChosenAtBirth() || contract <= expected) {
      return; // a process is born in its cgroup without any wait
    }
    expected = contract;
    expectedAtNanos = System.nanoTime();
    starts = Math.min(starts + 1, STARTS_MAX);
    if (!isLooking && !isClosed) {
      lookAfter(QUIET.toNanos());
    }
  }

  private void lookAfter(long nanos) {
    isLooking = true;
    poller.after(Duration.ofNanos(nanos), () -> changes.locked(this::look));
  }

  private void look() {
    isLooking = false;
    long left = expectedAtNanos + starts * QUIET.toNanos() - System.nanoTime();
    if (isClosed || waiting != null && waiting.contract() == expected) {
      return;
    }
    if (left > 0) {
      lookAfter(left);
      return;
    }
    removeWaiting();
    starts = 0;
    waiting = isMade.test(expected) ? null : make(expected).orElse(null);
  }

  private Optional<Spare> make(long contract) {
    Path directory = tree.directoryFor(contract, "");
    try {
      Files.createDirectory(directory);
    } catch (IOException _) {
      return Optional.empty(); // then the contract is made when it is needed, or says why not
    }
    try {
      Descriptor.Pipe pipe = Descriptor.pipe();
      try (Descriptor reader = pipe.reader()) {
        lastPid = spawn(directory, pipe, reader);
      }
      if (lastPid != 0) {
        changes.childMade();
        return Optional.of(new Spare(contract, directory, lastPid, pipe.writer()));
      }
      pipe.writer().close();
    } catch (ResourceShortage _) {
      // a machine without descriptors or memory has no use for a spare
    }
    CgroupTree.delete(directory);
    return Optional.empty();
  }

  /// @return its pid, or 0
  private int spawn(Path directory, Descriptor.Pipe pipe, Descriptor reader) {
    String joining = SpareScript.joining(directory.resolve("cgroup.procs").toString());
    int written = pipe.writer().write(ByteBuffer.wrap(joining.getBytes(StandardCharsets.UTF_8)));
    SpawnRequest request =
        new SpawnRequest(
            Tools.shell().orElse("/bin/sh"),
            List.of("/bin/sh", "-s", TITLE),
            List.of(),
            Optional.empty(),
            Map.of(0, reader.number()),
            OptionalInt.empty(),
            false,
            OptionalInt.empty());
    return written > 0 && spawner.spawn(request) instanceof Spawned.Child(int pid) ? pid : 0;
  }

  /// The cgroup of a contract, if there is one already.
  Optional<Path> directoryOf(long contract) {
    return waiting != null && waiting.contract() == contract
        ? Optional.of(waiting.directory())
        : Optional.empty();
  }

  /// Gives the spare of a contract away.
  Optional<Spare> take(long contract) {
    if (waiting == null || waiting.contract() != contract) {
      return Optional.empty();
    }
    Spare taken = waiting;
    waiting = null;
    return Optional.of(taken);
  }

  /// Whether a process is, or was last of all, a spare that nobody has launched anything in.
  boolean isSpare(long pid) {
    return pid == lastPid;
  }

  /// It was reaped, so its pid may be somebody else's.
  void forget(long pid) {
    lastPid = pid == lastPid ? 0 : lastPid;
  }

  private void removeWaiting() {
    Spare unused = waiting;
    waiting = null;
    if (unused != null) {
      unused.end();
      CgroupTree.delete(unused.directory());
    }
  }

  void close() {
    isClosed = true;
    removeWaiting();
  }
}
