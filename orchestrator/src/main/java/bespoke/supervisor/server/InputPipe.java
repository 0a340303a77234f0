package bespoke.supervisor.server;

import bespoke.os.Descriptor;
import bespoke.os.Errno;
import bespoke.os.Poller;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The standard input of a program: what does not fit into the pipe is queued.
public final class InputPipe {
  private static final int QUEUED_MAX = 16 << 20;

  private final Loop loop;
  private final Descriptor writer;
  private final Deque<ByteBuffer> queue = new ArrayDeque<>();
  private int queuedBytes;
  private boolean isClosed;
  private Poller.@Nullable Registration registration;

  /// @param writer an open, non-blocking descriptor; closed by [#close]
  InputPipe(Loop loop, Descriptor writer) {
    this.loop = loop;
    this.writer = writer;
  }

  /// What became of some input.
  public enum Sent {
    /// Written or queued.
    TAKEN,
    /// The program has closed its end.
    CLOSED,
    /// The program has not read for long, and the queue is full.
    FULL
  }

  Sent send(byte[] data) {
    if (isClosed) {
      return Sent.CLOSED;
    }
    if (queuedBytes + data.length > QUEUED_MAX) {
      return Sent.FULL;
    }
    queue.add(ByteBuffer.wrap(data));
    queuedBytes += data.length;
    flush();
    return isClosed ? Sent.CLOSED : Sent.TAKEN;
  }

  private void flush() {
    while (!queue.isEmpty()) {
      ByteBuffer next = queue.getFirst();
      int count = next.hasRemaining() ? writer.write(next) : 0;
      if (count == -Errno.EAGAIN) {
        if (registration == null) {
          registration = loop.watch(writer.number(), Poller.WRITABLE, _ -> flush());
        }
        return;
      }
      if (count < 0) {
        close();
        return;
      }
      queuedBytes -= count;
      if (!next.hasRemaining()) {
        queue.removeFirst();
      }
    }
    unwatch();
  }

  private void unwatch() {
    if (registration != null) {
      registration.cancel();
      registration = null;
    }
  }

  void close() {
    if (!isClosed) {
      isClosed = true;
      unwatch();
      queue.clear();
      writer.close();
    }
  }
}
