package bespoke.supervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A file that is appended to, and rotated when it has reached its size.
///
/// `.N-1` becomes `.N`, …, the file becomes `.1`. A failure loses what could not be written; it is
/// counted, and the file is opened again at the next write. One that somebody took away, with its
/// directory or without, is made anew. Not thread-safe.
public final class RotatingFile implements AutoCloseable {
  /// How often it is looked at whether the file is still there.
  private static final long BETWEEN_LOOKS_NANOS = 1_000_000_000;

  private final Path path;
  private final long maxBytes;
  private final int backups;
  private final boolean isRegular;
  private final LongSupplier nanos;
  private @Nullable FileChannel channel;
  private long size;
  private long lostBytes;
  private long lookedNanos;
  private @Nullable String failure;

  /// @param maxBytes 0 = never rotate; ignored for what is not a regular file, such as a terminal
  public RotatingFile(Path path, long maxBytes, int backups) {
    this(path, maxBytes, backups, System::nanoTime);
  }

  RotatingFile(Path path, long maxBytes, int backups, LongSupplier nanos) {
    this.nanos = nanos;
    this.path = path;
    this.maxBytes = maxBytes;
    this.backups = backups;
    this.isRegular = !Files.exists(path) || Files.isRegularFile(path);
  }

  public Path path() {
    return path;
  }

  /// Opens the file, creating it if need be.
  ///
  /// @throws IOException if it cannot be opened; a later write tries again
  public void open() throws IOException {
    if (channel != null) {
      return;
    }
    channel =
        isRegular
            ? FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
            : FileChannel.open(path, StandardOpenOption.WRITE);
    size = isRegular ? channel.size() : 0;
    lookedNanos = nanos.getAsLong();
  }

  private boolean isTakenAway() {
    long now = nanos.getAsLong();
    if (channel == null || !isRegular || now - lookedNanos < BETWEEN_LOOKS_NANOS) {
      return false;
    }
    lookedNanos = now;
    return Files.notExists(path);
  }

  /// Appends bytes, then rotates if the size is reached.
  public void write(byte[] data) {
    try {
      if (isTakenAway()) {
        close();
      }
      open();
      ByteBuffer buffer = ByteBuffer.wrap(data);
      while (buffer.hasRemaining() && channel != null) {
        size += channel.write(buffer);
      }
      failure = null;
      if (maxBytes > 0 && isRegular && size >= maxBytes) {
        rotate();
      }
    } catch (IOException e) {
      lostBytes += data.length;
      failure = "cannot write " + path + ": " + e;
      close();
    }
  }

  /// Why the last write failed; empty after a good one.
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /// How many bytes could not be written so far.
  public long lostBytes() {
    return lostBytes;
  }

  /// Opens the file anew, for somebody who moved it away.
  public void reopen() {
    close();
    write(new byte[0]);
  }

  /// Removes the file and begins an empty one.
  ///
  /// @throws IOException if it cannot be removed or made
  public void clear() throws IOException {
    if (!isRegular) {
      return;
    }
    close();
    Files.deleteIfExists(path);
    open();
  }

  private void rotate() throws IOException {
    close();
    if (backups <= 0) {
      Files.deleteIfExists(path);
    } else {
      for (int number = backups - 1; number > 0; number--) {
        move(backup(number), backup(number + 1));
      }
      move(path, backup(1));
    }
    open();
  }

  private Path backup(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        failure = "cannot close " + path + ": " + e;
      }
    }
  }
}
