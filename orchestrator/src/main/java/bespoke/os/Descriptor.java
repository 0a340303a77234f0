package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
  public static final int READ_WRITE = 2;
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
  private static final int FROM_THE_END = 2;

  private static final class Linked {
    static final NativeFunction OPEN = NativeFunction.named("open");
    static final NativeFunction CLOSE = NativeFunction.named("close");
    static final NativeFunction READ = NativeFunction.named("read");
    static final NativeFunction WRITE = NativeFunction.named("write");
  }

  private static final class Rare {
    static final NativeFunction SEEK = NativeFunction.named("lseek");
    static final NativeFunction PIPE = NativeFunction.named("pipe2");
    static final NativeFunction FCNTL = NativeFunction.named("fcntl");
  }

  /// Opens a file: open(2).
  ///
  /// @param flags of the constants above
  /// @param mode permissions when it is created
  /// @return the number, or the negated errno
  public static int open(Path path, int flags, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path.toString()).address();
      return Linked.OPEN.orErrno(name, flags | CLOSE_ON_EXEC, mode);
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
    return Rare.FCNTL.orErrno(number, operation, argument);
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
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      int answer = Rare.PIPE.orErrno(ends.address(), CLOSE_ON_EXEC);
      if (answer != 0) {
        throw new ResourceShortage("make a pipe", -answer);
      }
      return new Pipe(
          new Descriptor(ends.getAtIndex(JAVA_INT, 0)),
          new Descriptor(ends.getAtIndex(JAVA_INT, 1)));
    }
  }

  /// The last byte of a file, 0 to 255; -1 when it is empty, or nothing that has an end. The next
  /// read begins there.
  public int lastByte() {
    if (Rare.SEEK.call(number, -1, FROM_THE_END) < 0) {
      return -1;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment last = arena.allocate(1);
      return read(last, 1) == 1 ? last.get(JAVA_BYTE, 0) & 0xff : -1;
    }
  }

  /// Reads what is there into a buffer, from its position: read(2). A direct buffer is filled by
  /// the kernel itself.
  ///
  /// @return how many bytes, 0 at the end of the file, or the negated errno
  public int read(ByteBuffer buffer) {
    if (buffer.isDirect()) {
      int count = read(MemorySegment.ofBuffer(buffer), buffer.remaining());
      buffer.position(buffer.position() + Math.max(0, count));
      return count;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.max(1, buffer.remaining()));
      int count = read(bytes, buffer.remaining());
      if (count > 0) {
        buffer.put(bytes.asSlice(0, count).asByteBuffer());
      }
      return count;
    }
  }

  int read(MemorySegment bytes, long limit) {
    int count;
    do {
      count = Linked.READ.orErrno(number, bytes.address(), limit);
    } while (count == -Errno.EINTR);
    return count;
  }

  /// Writes bytes from a buffer's position: write(2). The position moves by what was taken.
  ///
  /// @return how many bytes were taken, or the negated errno
  public int write(ByteBuffer buffer) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.max(1, buffer.remaining()));
      MemorySegment.copy(MemorySegment.ofBuffer(buffer), 0, bytes, 0, buffer.remaining());
      int count;
      do {
        count = Linked.WRITE.orErrno(number, bytes.address(), buffer.remaining());
      } while (count == -Errno.EINTR);
      buffer.position(buffer.position() + Math.max(0, count));
      return count;
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
        int count = file.read(piece, room);
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

  /// Reads a file that the kernel gives in one piece, such as `/proc/PID/stat`: one read(2), and
  /// none to see that this was all.
  ///
  /// @param limit at most so many bytes are read
  /// @return the text, or null when it cannot be read
  public static @Nullable String readPiece(Path path, int limit) {
    int number = open(path, READ_ONLY, 0);
    if (number < 0) {
      return null;
    }
    try (Descriptor file = new Descriptor(number);
        Arena arena = Arena.ofConfined()) {
      MemorySegment piece = arena.allocate(limit);
      int count = file.read(piece, limit);
      return count < 0
          ? null
          : new String(piece.asSlice(0, count).toArray(JAVA_BYTE), StandardCharsets.ISO_8859_1);
    }
  }

  /// close(2). Closing twice is a bug: the number may be somebody else's by then.
  @Override
  public void close() {
    int ignored = (int) Linked.CLOSE.call(number);
    assert ignored <= 0;
  }
}
