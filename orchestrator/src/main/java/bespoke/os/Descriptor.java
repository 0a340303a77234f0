package bespoke.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An open file descriptor of this process, closed by its owner. All are close-on-exec.
///
/// @param number as the kernel counts, 0 and up
public record Descriptor(int number) implements AutoCloseable {
  public static final int READ_ONLY = 0;
  public static final int WRITE_ONLY = 1;
  public static final int CREATE = 0x40;
  public static final int TRUNCATE = 0x200;
  public static final int APPEND = 0x400;
  public static final int DIRECTORY = 0x10000;
  public static final int NON_BLOCKING = 0x800;
  private static final int PIECE_BYTES = 4096;
  private static final int CLOSE_ON_EXEC = 0x80000;

  private static final int DUPLICATE_CLOSE_ON_EXEC = 1030;
  private static final int SET_FLAGS = 4;
  private static final int GET_FLAGS = 3;

  private static final class Linked {
    static final MethodHandle OPEN =
        Native.variadicWithErrno(
            "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), 2);
    static final MethodHandle CLOSE =
        Native.plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    static final MethodHandle READ =
        Native.withErrno("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    static final MethodHandle WRITE =
        Native.withErrno("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  }

  private static final class Rare {
    static final MethodHandle PIPE =
        Native.withErrno("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle FCNTL =
        Native.variadicWithErrno(
            "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);
  }

  /// Opens a file: open(2).
  ///
  /// @param flags of the constants above
  /// @param mode permissions when it is created
  /// @return the number, or the negated errno
  public static int open(Path path, int flags, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      int number =
          (int)
              Linked.OPEN.invokeExact(
                  state, arena.allocateFrom(path.toString()), flags | CLOSE_ON_EXEC, mode);
      return number < 0 ? -Native.errno(state) : number;
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// Copies a descriptor to a number of at least `least`.
  ///
  /// @return the number, or the negated errno
  static int copy(int number, int least) {
    return control(number, DUPLICATE_CLOSE_ON_EXEC, least);
  }

  /// Makes reads and writes return EAGAIN instead of waiting.
  public void makeNonBlocking() {
    control(number, SET_FLAGS, control(number, GET_FLAGS, 0) | NON_BLOCKING);
  }

  private static int control(int number, int operation, int argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      int answer = (int) Rare.FCNTL.invokeExact(state, number, operation, argument);
      return answer < 0 ? -Native.errno(state) : answer;
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// A pipe: pipe2(2).
  ///
  /// @param reader the end to read from
  /// @param writer the end to write to
  public record Pipe(Descriptor reader, Descriptor writer) {}

  /// Makes a pipe.
  ///
  /// @throws ResourceShortage when there are too many descriptors
  public static Pipe pipe() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      int answer = (int) Rare.PIPE.invokeExact(state, ends, CLOSE_ON_EXEC);
      if (answer != 0) {
        throw new ResourceShortage("make a pipe", Native.errno(state));
      }
      return new Pipe(
          new Descriptor(ends.getAtIndex(JAVA_INT, 0)),
          new Descriptor(ends.getAtIndex(JAVA_INT, 1)));
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// Reads what is there into a buffer, from its position: read(2).
  ///
  /// @return how many bytes, 0 at the end of the file, or the negated errno
  public int read(ByteBuffer buffer) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.max(1, buffer.remaining()));
      int count = read(arena, bytes, buffer.remaining());
      if (count > 0) {
        buffer.put(bytes.asSlice(0, count).asByteBuffer());
      }
      return count;
    }
  }

  int read(Arena arena, MemorySegment bytes, long limit) {
    try {
      MemorySegment state = Native.errnoState(arena);
      long count;
      do {
        count = (long) Linked.READ.invokeExact(state, number, bytes, limit);
      } while (count < 0 && Native.errno(state) == Errno.EINTR);
      return count < 0 ? -Native.errno(state) : (int) count;
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// Writes bytes from a buffer's position: write(2). The position moves by what was taken.
  ///
  /// @return how many bytes were taken, or the negated errno
  public int write(ByteBuffer buffer) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.max(1, buffer.remaining()));
      MemorySegment.copy(MemorySegment.ofBuffer(buffer), 0, bytes, 0, buffer.remaining());
      MemorySegment state = Native.errnoState(arena);
      long count;
      do {
        count = (long) Linked.WRITE.invokeExact(state, number, bytes, (long) buffer.remaining());
      } while (count < 0 && Native.errno(state) == Errno.EINTR);
      if (count < 0) {
        return -Native.errno(state);
      }
      buffer.position(buffer.position() + (int) count);
      return (int) count;
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// Writes a short text to a file that exists, such as one of a cgroup, in one write(2).
  ///
  /// @return 0, or the negated errno
  public static int writeText(Path path, String text) {
    int number = open(path, WRITE_ONLY, 0);
    if (number < 0) {
      return number;
    }
    try (Descriptor file = new Descriptor(number)) {
      int count = file.write(StandardCharsets.UTF_8.encode(text));
      return Math.min(count, 0);
    }
  }

  /// Reads a small file, such as one of `/proc`, as ISO-8859-1 text.
  ///
  /// @param limit at most so many bytes are read
  /// @return the text, or null when it cannot be read
  public static @Nullable String readText(Path path, int limit) {
    int number = open(path, READ_ONLY, 0);
    if (number < 0) {
      return null;
    }
    // a small piece at a time: to clear memory for the limit would cost more than to read
    try (Descriptor file = new Descriptor(number);
        Arena arena = Arena.ofConfined()) {
      MemorySegment piece = arena.allocate(Math.min(limit, PIECE_BYTES));
      StringBuilder text = new StringBuilder();
      while (text.length() < limit) {
        long room = Math.min(piece.byteSize(), limit - text.length());
        int count = file.read(arena, piece, room);
        if (count < 0) {
          return null;
        }
        if (count == 0) {
          break;
        }
        byte[] bytes = piece.asSlice(0, count).toArray(JAVA_BYTE);
        text.append(new String(bytes, StandardCharsets.ISO_8859_1));
      }
      return text.toString();
    }
  }

  /// close(2). Closing twice is a bug: the number may be somebody else's by then.
  @Override
  public void close() {
    try {
      int ignored = (int) Linked.CLOSE.invokeExact(number);
      assert ignored <= 0;
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }
}
