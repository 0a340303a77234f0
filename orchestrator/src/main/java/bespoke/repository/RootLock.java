package bespoke.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The right to write under a root directory: one process at a time has it.
///
/// A record lock (fcntl(2)) on `lock`, which holds the owner's pid for messages. The kernel gives
/// it back when the process ends, however it ends; a file left behind means nothing.
public final class RootLock implements AutoCloseable {

  private final Path root;
  private final FileChannel channel;

  private RootLock(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /// Takes the lock; makes the root directory (mode 0700) if it does not exist.
  ///
  /// @throws RootLockedException if another process has it
  /// @throws RepositoryException if the directory cannot be used
  public static RootLock acquire(Path root) throws RepositoryException {
    Path file = root.resolve("lock");
    FileChannel channel = null;
    try {
      PrivateFiles.createDirectory(root);
      channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              PrivateFiles.FILE);
      @Nullable FileLock lock = tryLock(channel);
      if (lock == null) {
        long pid = readPid(channel);
        channel.close();
        throw new RootLockedException(root, pid);
      }
      writePid(channel);
      return new RootLock(root, channel);
    } catch (RepositoryException e) {
      throw e;
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new RepositoryException(
          "cannot use the directory "
              + root
              + ": "
              + PrivateFiles.reason(e)
              + "; make it writable, or choose another with --root",
          e);
    }
  }

  /// The directory that it guards.
  public Path root() {
    return root;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  private static void writePid(FileChannel channel) throws IOException {
    channel.truncate(0);
    String line = ProcessHandle.current().pid() + "\n";
    channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static long readPid(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(20);
    channel.read(buffer, 0);
    String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel, IOException because) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        because.addSuppressed(e);
      }
    }
  }
}
