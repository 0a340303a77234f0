package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/// A function of the C library that takes at most six integers and pointers and returns one, or
/// nothing.
///
/// All are called in one shape, with six 64-bit arguments: the calling conventions of Linux pass
/// integers and pointers in registers, fixed and variadic ones alike, and a function does not look
/// at registers that it has no parameters for, nor at the upper half of one that holds an `int`.
/// The linker of the JVM makes classes while the program runs for each shape, which took a tenth of
/// a second of the daemon's start when each function had its own.
///
/// Addresses are passed as numbers, so the caller keeps the memory alive until the call is over, as
/// an arena of a `try` does.
final class NativeFunction {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  /// On Linux the captured state is one `int`.
  private static final long STATE_BYTES = Linker.Option.captureStateLayout().byteSize();

  private static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE_BYTES, Integer.BYTES));

  private final MemorySegment entry;

  private NativeFunction(MemorySegment entry) {
    this.entry = entry;
  }

  /// @throws java.util.NoSuchElementException when this C library has none of that name
  static NativeFunction named(String name) {
    return new NativeFunction(LINKER.defaultLookup().findOrThrow(name));
  }

  /// Code that follows the same conventions.
  static NativeFunction at(long address) {
    return new NativeFunction(MemorySegment.ofAddress(address));
  }

  /// A function that older C libraries lack.
  static Optional<NativeFunction> ifPresent(String name) {
    return LINKER.defaultLookup().find(name).map(NativeFunction::new);
  }

  /// Calls it; arguments that are left out are 0, and a function with fewer does not see them.
  ///
  /// @return what it returns; if that is an `int`, in the lower half alone
  long call(long a, long b, long c, long d, long e, long f) {
    return call(STATE.get(), a, b, c, d, e, f);
  }

  long call(long a, long b, long c) {
    return call(a, b, c, 0, 0, 0);
  }

  long call(long a, long b) {
    return call(a, b, 0, 0, 0, 0);
  }

  long call(long a) {
    return call(a, 0, 0, 0, 0, 0);
  }

  /// Calls a function that returns an `int`, with -1 for an error whose number is in errno.
  ///
  /// @return what it returns, or the negated errno
  int orErrno(long a, long b, long c, long d, long e, long f) {
    MemorySegment state = STATE.get();
    int answer = (int) call(state, a, b, c, d, e, f);
    return answer == -1 ? -state.get(JAVA_INT, 0) : answer;
  }

  int orErrno(long a, long b, long c, long d) {
    return orErrno(a, b, c, d, 0, 0);
  }

  int orErrno(long a, long b, long c) {
    return orErrno(a, b, c, 0, 0, 0);
  }

  int orErrno(long a, long b) {
    return orErrno(a, b, 0, 0, 0, 0);
  }

  int orErrno(long a) {
    return orErrno(a, 0, 0, 0, 0, 0);
  }

  private long call(MemorySegment state, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(entry, state, a, b, c, d, e, f);
    } catch (Throwable problem) {
      throw new AssertionError("a function of the C library cannot throw", problem);
    }
  }

  /// A NULL-terminated vector of C strings.
  static MemorySegment strings(Arena arena, List<String> values) {
    MemorySegment vector = arena.allocate(JAVA_LONG, values.size() + 1L);
    for (int i = 0; i < values.size(); i++) {
      vector.setAtIndex(JAVA_LONG, i, arena.allocateFrom(values.get(i)).address());
    }
    return vector;
  }
}
