package bespoke.os;

import java.time.Duration;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// One thread that waits for everything at once: descriptors (epoll(7)), timers and work handed to
/// it. Handlers run on that thread, one at a time, and must return soon.
///
/// It sleeps without waking as long as nothing happens.
public final class Poller implements AutoCloseable {
  /// There is something to read, or the other end is closed.
  public static final int READABLE = 0x1;

  /// There is room to write.
  public static final int WRITABLE = 0x4;

  /// Something to do when a descriptor is ready.
  @FunctionalInterface
  public interface Handler {
    /// Called with the epoll event bits.
    void ready(int events);
  }

  /// A descriptor that is watched, or a timer that runs.
  @FunctionalInterface
  public interface Registration {
    /// Ends it; doing so twice is harmless. For a descriptor this must come before its close.
    void cancel();
  }

  private static final long WAKE = 0;

  private final Epoll epoll = new Epoll();
  private final Map<Long, Handler> handlers = new ConcurrentHashMap<>();
  private final AtomicLong lastKey = new AtomicLong(WAKE);
  private final ConcurrentLinkedQueue<Runnable> work = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Thread.UncaughtExceptionHandler onBug;
  private final Thread thread;
  private volatile boolean isClosed;

  private static final class Timer implements Comparable<Timer> {
    private final long atNanos;
    private final Runnable task;
    private volatile boolean isCancelled;

    Timer(long atNanos, Runnable task) {
      this.atNanos = atNanos;
      this.task = task;
    }

    @Override
    public int compareTo(Timer other) {
      return Long.signum(atNanos - other.atNanos);
    }
  }

  /// Starts the thread, a daemon thread.
  ///
  /// @param onBug told of exceptions that a handler threw; the poller goes on
  public Poller(Thread.UncaughtExceptionHandler onBug) {
    this.onBug = onBug;
    epoll.add(epoll.wakeDescriptor(), READABLE, WAKE);
    thread = Thread.ofPlatform().daemon().name("poller").start(this::run);
  }

  /// Starts a poller that prints the exceptions of handlers to standard error.
  public Poller() {
    this((_, problem) -> problem.printStackTrace());
  }

  /// Calls a handler whenever a descriptor is ready (level-triggered).
  ///
  /// @param descriptor an open one; it must be cancelled before it is closed
  /// @param events [#READABLE] or [#WRITABLE], or both
  /// @throws ResourceShortage when the kernel refuses
  public Registration watch(int descriptor, int events, Handler handler) {
    long key = lastKey.incrementAndGet();
    handlers.put(key, handler);
    epoll.add(descriptor, events, key);
    return () -> {
      if (handlers.remove(key) != null) {
        epoll.remove(descriptor);
      }
    };
  }

  /// Runs something on the poller's thread after a delay.
  public Registration after(Duration delay, Runnable task) {
    Timer timer = new Timer(System.nanoTime() + delay.toNanos(), task);
    execute(() -> timers.add(timer));
    return () -> timer.isCancelled = true;
  }

  /// Runs something on the poller's thread, soon.
  public void execute(Runnable task) {
    work.add(task);
    if (Thread.currentThread() != thread) {
      epoll.wake();
    }
  }

  private void run() {
    while (!isClosed) {
      guard(this::turn);
    }
    epoll.close();
  }

  private void turn() {
    for (Runnable next = work.poll(); next != null; next = work.poll()) {
      guard(next);
    }
    long now = System.nanoTime();
    while (!timers.isEmpty() && timers.peek().atNanos - now <= 0) {
      Timer due = timers.remove();
      if (!due.isCancelled) {
        guard(due.task);
      }
    }
    if (!work.isEmpty() || isClosed) {
      return;
    }
    int count = epoll.await(millisToNextTimer());
    for (int i = 0; i < count; i++) {
      dispatch(epoll.keyOf(i), epoll.eventsOf(i));
    }
  }

  private void dispatch(long key, int events) {
    if (key == WAKE) {
      epoll.drainWake();
      return;
    }
    Handler handler = handlers.get(key);
    if (handler != null) {
      guard(() -> handler.ready(events));
    }
  }

  private int millisToNextTimer() {
    while (!timers.isEmpty() && timers.peek().isCancelled) {
      timers.remove();
    }
    if (timers.isEmpty()) {
      return -1;
    }
    long nanos = timers.peek().atNanos - System.nanoTime();
    return Math.clamp(nanos / 1_000_000 + 1, 0, Integer.MAX_VALUE);
  }

  private void guard(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error problem) {
      onBug.uncaughtException(Thread.currentThread(), problem);
    }
  }

  /// Ends the thread. Descriptors that are watched stay open.
  @Override
  public void close() {
    isClosed = true;
    epoll.wake();
  }
}
