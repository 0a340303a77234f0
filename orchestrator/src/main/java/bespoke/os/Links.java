package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// How many names a file has (statx(2)). A directory of most file systems has one for itself, one
/// in its parent, and one in each directory in it.
public final class Links {
  private static final long CURRENT_DIRECTORY = -100;
  private static final long LINKS = 0x4;
  private static final long BYTES = 256;
  private static final long LINKS_AT = 16;

  private Links() {}

  /// Since glibc 2.28; what Java offers makes a map for one number.
  private static final class Linked {
    static final Optional<NativeFunction> STATX = NativeFunction.ifPresent("statx");
  }

  /// The number; 0 when the file cannot be looked at.
  public static int of(Path file) {
    if (Linked.STATX.isEmpty()) {
      return ofJava(file);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(BYTES, 8);
      long name = arena.allocateFrom(file.toString()).address();
      int error =
          Linked.STATX.get().orErrno(CURRENT_DIRECTORY, name, 0, LINKS, answer.address(), 0);
      return error == 0 ? answer.get(JAVA_INT, LINKS_AT) : 0;
    }
  }

  private static int ofJava(Path file) {
    try {
      return (int) Files.getAttribute(file, "unix:nlink");
    } catch (IOException | RuntimeException _) {
      return 0;
    }
  }
}
