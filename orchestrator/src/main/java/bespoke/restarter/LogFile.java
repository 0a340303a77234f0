package bespoke.restarter;

import bespoke.os.Descriptor;
import bespoke.os.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/// One log file, which services append to by themselves; the daemon is never in their way.
///
/// It is rotated by copying and truncating, because the services keep it open. A line that is
/// written between the copy's end and the truncation is lost.
///
/// @param path of the file; older ones are `PATH.0`, `PATH.1`, …, the newest first
record LogFile(Path path) {

  /// rw-r--r--, as SMF's.
  static final int MODE = 0644;

  private static final Set<PosixFilePermission> PERMISSIONS =
      PosixFilePermissions.fromString("rw-r--r--");

  /// Appends a line in one write, creating the file if need be. It begins on a line of its own also
  /// when a service left its last line open.
  ///
  /// @throws IOException if the disk is full or the file cannot be written
  void append(String line) throws IOException {
    try (Descriptor file = openOrCreate()) {
      int last = file.lastByte();
      String whole = last < 0 || last == '\n' ? line : "\n" + line;
      ByteBuffer bytes = ByteBuffer.wrap(whole.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        int count = file.write(bytes);
        if (count < 0) {
          throw problem(-count);
        }
      }
    }
  }

  /// Makes sure that it exists with the right mode, so that a process can append to it.
  ///
  /// @throws IOException if it cannot be written
  void touch() throws IOException {
    openOrCreate().close();
  }

  private Descriptor openOrCreate() throws IOException {
    int number = Descriptor.open(path, Descriptor.READ_WRITE | Descriptor.APPEND, 0);
    if (number == -Errno.ENOENT) {
      number = create();
    }
    if (number < 0) {
      throw problem(-number);
    }
    return new Descriptor(number);
  }

  /// Creates it, and its directory only if that is missing, which it seldom is.
  private int create() throws IOException {
    int flags = Descriptor.READ_WRITE | Descriptor.APPEND | Descriptor.CREATE;
    int number = Descriptor.open(path, flags, MODE);
    if (number == -Errno.ENOENT) {
      Files.createDirectories(Objects.requireNonNull(path.toAbsolutePath().getParent()));
      number = Descriptor.open(path, flags, MODE);
    }
    if (number >= 0) {
      Files.setPosixFilePermissions(path, PERMISSIONS); // whatever our umask is
    }
    return number;
  }

  private IOException problem(int errno) {
    return new FileSystemException(path.toString(), null, Errno.text(errno));
  }

  /// Rotates it when it is larger than a limit.
  ///
  /// @param sizeMaxBytes how large it may be
  /// @param kept how many older ones are kept, at least 1
  /// @return whether it was rotated
  /// @throws IOException if there is no room for the copy; nothing is lost then
  boolean rotate(long sizeMaxBytes, int kept) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) <= sizeMaxBytes) {
      return false;
    }
    Files.deleteIfExists(older(kept - 1));
    for (int age = kept - 2; age >= 0; age--) {
      if (Files.exists(older(age))) {
        Files.move(older(age), older(age + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    copyAndTruncate();
    return true;
  }

  private void copyAndTruncate() throws IOException {
    Path copy = older(0);
    try (FileChannel from =
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel to =
            FileChannel.open(copy, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      Files.setPosixFilePermissions(copy, PERMISSIONS);
      long end = from.size(); // a service that writes faster than we copy must not keep us here
      for (long at = 0; at < end; ) {
        long copied = from.transferTo(at, end - at, to);
        if (copied <= 0) {
          break;
        }
        at += copied;
      }
      from.truncate(0);
    } catch (IOException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  private Path older(int age) {
    return path.resolveSibling(path.getFileName() + "." + age);
  }
}
