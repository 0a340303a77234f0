package bespoke.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/// Links functions of the C library. Each class of this package holds the handles it needs, so that
/// only those are linked.
final class Native {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY = LINKER.defaultLookup();
  private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_AT =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private Native() {}

  /// A function whose errno is of interest: its first argument is a segment of [#errnoState].
  static MethodHandle withErrno(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LIBRARY.findOrThrow(name), descriptor, CAPTURE);
  }

  /// A variadic function whose errno is of interest.
  static MethodHandle variadicWithErrno(String name, FunctionDescriptor descriptor, int fixed) {
    return LINKER.downcallHandle(
        LIBRARY.findOrThrow(name), descriptor, CAPTURE, Linker.Option.firstVariadicArg(fixed));
  }

  /// A function that does not use errno.
  static MethodHandle plain(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LIBRARY.findOrThrow(name), descriptor);
  }

  /// A function that older C libraries lack.
  static Optional<MethodHandle> ifPresent(String name, FunctionDescriptor descriptor) {
    return LIBRARY.find(name).map(symbol -> LINKER.downcallHandle(symbol, descriptor));
  }

  /// Room for errno.
  static MemorySegment errnoState(Arena arena) {
    return arena.allocate(STATE);
  }

  /// The errno that a call left there.
  static int errno(MemorySegment state) {
    return state.get(JAVA_INT, ERRNO_AT);
  }

  /// A NULL-terminated vector of C strings.
  static MemorySegment strings(Arena arena, List<String> values) {
    MemorySegment vector = arena.allocate(ADDRESS, values.size() + 1L);
    for (int i = 0; i < values.size(); i++) {
      vector.setAtIndex(ADDRESS, i, arena.allocateFrom(values.get(i)));
    }
    return vector;
  }

  /// What a method handle may throw is a bug of ours.
  static RuntimeException bug(Throwable problem) {
    return switch (problem) {
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      default -> new IllegalStateException(problem);
    };
  }
}
