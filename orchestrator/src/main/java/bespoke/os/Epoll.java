package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// epoll(7) and the eventfd(2) that wakes it. Waiting and reading the answers is for one thread.
final class Epoll implements AutoCloseable {
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int EVENTS_MAX = 256;

  /// `struct epoll_event` is packed on x86-64 only.
  private static final boolean PACKED = System.getProperty("os.arch", "").equals("amd64");

  private static final long EVENT_BYTES = PACKED ? 12 : 16;
  private static final long DATA_AT = PACKED ? 4 : 8;

  private static final NativeFunction CREATE = NativeFunction.named("epoll_create1");
  private static final NativeFunction CONTROL = NativeFunction.named("epoll_ctl");
  private static final NativeFunction WAIT = NativeFunction.named("epoll_wait");
  private static final NativeFunction EVENTFD = NativeFunction.named("eventfd");

  private final MemorySegment events = Arena.ofAuto().allocate(EVENT_BYTES * EVENTS_MAX, 8);
  private final Descriptor epoll;
  private final Descriptor wake;
  private boolean isClosed;

  Epoll() {
    int first = CREATE.orErrno(CLOSE_ON_EXEC);
    if (first < 0) {
      throw new ResourceShortage("make an epoll", -first);
    }
    int second = EVENTFD.orErrno(0, CLOSE_ON_EXEC | Descriptor.NON_BLOCKING);
    if (second < 0) {
      throw new ResourceShortage("make an eventfd", -second);
    }
    epoll = new Descriptor(first);
    wake = new Descriptor(second);
  }

  int wakeDescriptor() {
    return wake.number();
  }

  void add(int descriptor, int wanted, long key) {
    int error = control(ADD, descriptor, wanted, key);
    if (error != 0) {
      throw new ResourceShortage("watch a descriptor", error);
    }
  }

  void remove(int descriptor) {
    int ignored = control(REMOVE, descriptor, 0, 0);
    assert ignored >= 0;
  }

  private int control(int operation, int descriptor, int wanted, long key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(16, 8);
      event.set(JAVA_INT_UNALIGNED, 0, wanted);
      event.set(JAVA_LONG_UNALIGNED, DATA_AT, key);
      return -CONTROL.orErrno(epoll.number(), operation, descriptor, event.address());
    }
  }

  /// Waits.
  ///
  /// @param millis -1 without end
  /// @return how many events there are
  int await(int millis) {
    return Math.max(0, WAIT.orErrno(epoll.number(), events.address(), EVENTS_MAX, millis));
  }

  long keyOf(int index) {
    return events.get(JAVA_LONG_UNALIGNED, EVENT_BYTES * index + DATA_AT);
  }

  int eventsOf(int index) {
    return events.get(JAVA_INT_UNALIGNED, EVENT_BYTES * index);
  }

  /// Ends the current or the next wait. Does nothing after [#close].
  synchronized void wake() {
    if (!isClosed) {
      wake.write(ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(0, 1));
    }
  }

  void drainWake() {
    wake.read(ByteBuffer.allocate(8));
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    epoll.close();
    wake.close();
  }
}
