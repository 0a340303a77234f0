package bespoke.supervisor.delegate;

import bespoke.api.ReasonRecord;
import bespoke.delegate.RestarterConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// What is asked of the daemon for people who use supervisorctl: one request after another, so that
/// a stop and the start after it arrive in that order.
final class Requests {
  private static final long LOOK_NANOS = 200_000_000;

  /// The ends of sentences about what goes on by itself.
  private static final List<String> PASSING = List.of("is starting.", "is running.");

  private final Path socket;
  private final ExecutorService inOrder =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("requests").factory());

  Requests(Path socket) {
    this.socket = socket;
  }

  /// Enables, disables or clears an instance, as a person would, until the next boot.
  ///
  /// @param onRefusal told why it was not done; on any thread
  void act(String action, String instance, Consumer<String> onRefusal) {
    inOrder.execute(() -> {
      try {
        RestarterConnection.act(socket, action, instance, "with supervisorctl");
      } catch (IOException e) {
        onRefusal.accept(String.valueOf(e.getMessage()));
      }
    });
  }

  /// Looks, after the requests so far, whether an instance waits for something that does not come
  /// by itself, until it does or nobody wants to know any more.
  ///
  /// @param isOver whether nobody wants to know
  /// @param onWait told once what it waits for, such as `waits for svc:/site/db:default, which is
  ///   disabled`; on any thread
  void watch(String instance, BooleanSupplier isOver, Consumer<String> onWait) {
    inOrder.execute(
        () -> Thread.ofVirtual().name("watch").start(() -> look(instance, isOver, onWait)));
  }

  private void look(String instance, BooleanSupplier isOver, Consumer<String> onWait) {
    while (!isOver.getAsBoolean()) {
      String waitsFor = waitsFor(instance);
      if (!waitsFor.isEmpty()) {
        onWait.accept(waitsFor);
        return;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private String waitsFor(String instance) {
    try {
      for (ReasonRecord reason : RestarterConnection.reasons(socket, instance)) {
        if (!reason.service().isEmpty() && !PASSING.contains(reason.summary())) {
          return "waits for "
              + reason.service()
              + ", which "
              + reason.summary().replaceFirst("\\.$", "");
        }
      }
      return "";
    } catch (IOException _) {
      return ""; // the daemon is away; it is asked again
    }
  }
}
