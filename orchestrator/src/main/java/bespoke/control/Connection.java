package bespoke.control;

import bespoke.api.ErrorKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Lines in, bytes out, each within its limits of length and time.
///
/// One thread reads. Writing is for any thread, one line at a time.
final class Connection implements AutoCloseable {
  private static final int FIRST_BUFFER_BYTES = 4096;

  private volatile boolean endless;
  private final SocketChannel channel;
  private final Deadlines deadlines;
  private final Limits limits;
  private final int lineBytesMax;
  private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
  private int filled;
  private int searched;

  Connection(SocketChannel channel, Deadlines deadlines, Limits limits, int lineBytesMax) {
    this.channel = channel;
    this.deadlines = deadlines;
    this.limits = limits;
    this.lineBytesMax = lineBytesMax;
  }

  /// What [#read] found.
  sealed interface Read {
    /// A line without its newline.
    final class Line implements Read {
      private final byte[] bytes;

      Line(byte[] bytes) {
        this.bytes = bytes;
      }

      byte[] bytes() {
        return bytes;
      }
    }

    /// The client has nothing more to say; a line that was begun is lost.
    record End() implements Read {}

    /// A line is longer than allowed.
    record TooLong() implements Read {}
  }

  /// Waits for the next line.
  ///
  /// @param idle how long nothing may come
  /// @throws IOException if the connection broke or a deadline closed it
  Read read(Duration idle) throws IOException {
    Future<?> deadline = null;
    boolean half = false;
    try {
      while (true) {
        Read found = takeLine();
        if (found != null) {
          return found;
        }
        if (deadline == null || !half && filled > 0) {
          cancel(deadline);
          half = filled > 0;
          deadline =
              half
                  ? deadlines.after(limits.half(), this::endHalf)
                  : deadlines.after(idle, this::close);
        }
        if (fill() < 0) {
          return new Read.End();
        }
      }
    } finally {
      cancel(deadline);
    }
  }

  /// Tells a client that began a request and did not finish it, then closes. On a thread of its
  /// own, because a client that does not read either must not hold up the other deadlines.
  private void endHalf() {
    Thread.ofVirtual()
        .start(() -> {
          try (this) {
            new Answer(this)
                .fail(
                    ErrorKind.BAD_REQUEST,
                    "a request did not end within "
                        + limits.half().toSeconds()
                        + " seconds; end it with a newline");
          } catch (IOException gone) {
            // Then nobody wants to know.
          }
        });
  }

  private @Nullable Read takeLine() {
    for (int i = searched; i < filled; i++) {
      if (buffer[i] == '\n') {
        byte[] line = Arrays.copyOf(buffer, i);
        System.arraycopy(buffer, i + 1, buffer, 0, filled - i - 1);
        filled -= i + 1;
        searched = 0;
        if (buffer.length > FIRST_BUFFER_BYTES && filled < FIRST_BUFFER_BYTES) {
          buffer = Arrays.copyOf(buffer, FIRST_BUFFER_BYTES);
        }
        return new Read.Line(line);
      }
    }
    searched = filled;
    return filled > lineBytesMax ? new Read.TooLong() : null;
  }

  private int fill() throws IOException {
    if (filled == buffer.length) {
      buffer =
          Arrays.copyOf(buffer, Math.min(buffer.length * 2, lineBytesMax + FIRST_BUFFER_BYTES));
    }
    int count = channel.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled));
    filled += Math.max(count, 0);
    return count;
  }

  /// Writes bytes.
  ///
  /// @throws IOException if the client is gone or does not read in time
  synchronized void write(byte[] bytes) throws IOException {
    Future<?> deadline = deadlines.after(limits.write(), this::close);
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } finally {
      deadline.cancel(false);
    }
  }

  /// Waits until the client closes the connection or sends something out of turn, which may be
  /// buffered up to the length of a line.
  void awaitGone() throws IOException {
    while (filled <= lineBytesMax) {
      if (fill() < 0) {
        return;
      }
    }
  }

  private static void cancel(@Nullable Future<?> deadline) {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  /// Closes the connection; whoever reads or writes gets an exception. What goes on here has no end
  /// of its own, so that nobody waits for it.
  void endless() {
    endless = true;
  }

  boolean isEndless() {
    return endless;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // There is nothing left to close.
    }
  }
}
