package bespoke.supervisor.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The end of a log, then what is added, for as long as the client stays; follows the file when it
/// is rotated or emptied.
final class LogTail implements HttpResponse.Source {
  private static final int FIRST_BYTES = 1024;
  private static final int BIT_BYTES = 64 << 10;

  /// How long a change of the file may stay unnoticed.
  private static final long LOOK_MILLIS = 200;

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private @Nullable FileChannel channel;
  private @Nullable Object fileKey;
  private long at;
  private boolean closed;

  LogTail(Path file) throws IOException {
    this.file = file;
    FileChannel opened = open();
    at = Math.max(0, opened.size() - FIRST_BYTES);
  }

  private FileChannel open() throws IOException {
    FileChannel opened = FileChannel.open(file, StandardOpenOption.READ);
    channel = opened;
    fileKey = Files.getAttribute(file, "unix:ino");
    at = 0;
    return opened;
  }

  @Override
  public byte[] next() throws IOException, InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        byte[] bit = read();
        if (bit.length > 0) {
          return bit;
        }
        boolean _ = closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      return new byte[0];
    } finally {
      lock.unlock();
    }
  }

  private byte[] read() throws IOException {
    FileChannel current = channel;
    if (current == null) {
      if (!Files.exists(file)) {
        return new byte[0];
      }
      current = open();
    }
    if (current.size() < at) {
      at = 0;
      return "==> File truncated <==\n".getBytes(StandardCharsets.US_ASCII);
    }
    ByteBuffer buffer = ByteBuffer.allocate(BIT_BYTES);
    int count = current.read(buffer, at);
    if (count > 0) {
      at += count;
      return Arrays.copyOf(buffer.array(), count);
    }
    if (!isInPlace()) {
      current.close();
      channel = null;
    }
    return new byte[0];
  }

  private boolean isInPlace() {
    try {
      return Files.getAttribute(file, "unix:ino").equals(fileKey);
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
      if (channel != null) {
        channel.close();
        channel = null;
      }
    } catch (IOException _) {
      // it was open for reading only: nothing is lost
    } finally {
      lock.unlock();
    }
  }
}
