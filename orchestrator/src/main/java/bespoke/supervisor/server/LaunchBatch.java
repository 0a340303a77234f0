package bespoke.supervisor.server;

import bespoke.contract.Launched;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Many launches in a row: while one process is being made, in another thread, the loop prepares
/// the next and keeps the books of the one before. They are made in the order in which they were
/// asked for, and their answers come in that order, on the loop, before [#close] returns.
final class LaunchBatch implements AutoCloseable {
  /// So many may be under way: each holds descriptors.
  private static final int PENDING_MAX = 16;

  private final ExecutorService launching =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("launching").factory());
  private final Deque<Pending> pending = new ArrayDeque<>();

  private record Pending(Future<Launched> answer, Consumer<Launched> then) {}

  /// @param launch called in the other thread
  /// @param then gets its answer, on the loop
  void add(Callable<Launched> launch, Consumer<Launched> then) {
    pending.add(new Pending(launching.submit(launch), then));
    while (!pending.isEmpty()
        && (pending.size() > PENDING_MAX || pending.getFirst().answer().isDone())) {
      finishFirst();
    }
  }

  private void finishFirst() {
    Pending first = pending.removeFirst();
    first.then().accept(answer(first.answer()));
  }

  private static Launched answer(Future<Launched> future) {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException _) {
          isInterrupted = true; // the process may exist already, so it must be heard of
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    try {
      while (!pending.isEmpty()) {
        finishFirst(); // which may ask for more
      }
    } finally {
      launching.shutdown();
    }
  }
}
