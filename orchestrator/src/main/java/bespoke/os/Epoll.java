package bespoke.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
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

  private static final MethodHandle CREATE =
      Native.withErrno("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle CONTROL =
      Native.withErrno(
          "epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle WAIT =
      Native.withErrno(
          "epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  private static final MethodHandle EVENTFD =
      Native.withErrno("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private final MemorySegment events = Arena.ofAuto().allocate(EVENT_BYTES * EVENTS_MAX, 8);
  private final Descriptor epoll;
  private final Descriptor wake;
  private boolean isClosed;

  Epoll() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      int first = (int) CREATE.invokeExact(state, CLOSE_ON_EXEC);
      if (first < 0) {
        throw new ResourceShortage("make an epoll", Native.errno(state));
      }
      int flags = CLOSE_ON_EXEC | Descriptor.NON_BLOCKING;
      int second = (int) EVENTFD.invokeExact(state, 0, flags);
      if (second < 0) {
        throw new ResourceShortage("make an eventfd", Native.errno(state));
      }
      epoll = new Descriptor(first);
      wake = new Descriptor(second);
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
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
      MemorySegment state = Native.errnoState(arena);
      MemorySegment event = arena.allocate(16, 8);
      event.set(JAVA_INT_UNALIGNED, 0, wanted);
      event.set(JAVA_LONG_UNALIGNED, DATA_AT, key);
      int answer = (int) CONTROL.invokeExact(state, epoll.number(), operation, descriptor, event);
      return answer == 0 ? 0 : Native.errno(state);
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// Waits.
  ///
  /// @param millis -1 without end
  /// @return how many events there are
  int await(int millis) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      int count = (int) WAIT.invokeExact(state, epoll.number(), events, EVENTS_MAX, millis);
      return Math.max(0, count);
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
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
