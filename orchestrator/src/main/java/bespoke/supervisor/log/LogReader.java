package bespoke.supervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Reads parts of log files.
public final class LogReader {
  /// No more is read at once, in bytes.
  private static final int READ_MAX = 64 << 20;

  private LogReader() {}

  /// The end of a log.
  ///
  /// @param offset the size of the file, to be asked with next time
  /// @param overflow whether more had been added than was wanted
  public record Tail(String text, long offset, boolean overflow) {}

  /// Reads `length` bytes from `offset`; a length of 0 means to the end, a negative offset counts
  /// from the end.
  ///
  /// @throws IllegalArgumentException for a negative length, or a negative offset with a length
  /// @throws IOException if there is no such file
  public static String read(Path file, long offset, long length) throws IOException {
    if (length < 0 || (offset < 0 && length != 0)) {
      throw new IllegalArgumentException("offset " + offset + ", length " + length);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      long from = offset < 0 ? Math.max(0, size + offset) : Math.min(offset, size);
      long count = length == 0 ? size - from : Math.min(length, size - from);
      return text(channel, from, count);
    }
  }

  /// The last `length` bytes, or fewer if fewer have been added since `offset`.
  public static Tail tail(Path file, long offset, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      boolean overflow = size > offset + length;
      long from = overflow ? size - length : Math.max(0, offset);
      long count = Math.max(0, Math.min(length, size - from));
      return new Tail(text(channel, from, count), size, overflow);
    }
  }

  private static String text(FileChannel channel, long from, long count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.clamp(count, 0, READ_MAX));
    long at = from;
    while (buffer.hasRemaining()) {
      int got = channel.read(buffer, at);
      if (got < 0) {
        break;
      }
      at += got;
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }
}
