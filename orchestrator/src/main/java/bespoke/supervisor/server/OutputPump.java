package bespoke.supervisor.server;

import bespoke.os.Descriptor;
import bespoke.os.Errno;
import bespoke.os.Poller;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one pipe until every process has closed its other end.
final class OutputPump {
  /// So much is read for one process before others get their turn.
  private static final int READS_PER_TURN = 4;

  private final Loop loop;
  private final Descriptor reader;
  private final Consumer<byte[]> sink;
  private final Runnable onEnd;
  private Poller.@Nullable Registration registration;

  /// @param reader an open, non-blocking descriptor; closed at the end
  /// @param onEnd called once, when it is closed
  OutputPump(Loop loop, Descriptor reader, Consumer<byte[]> sink, Runnable onEnd) {
    this.loop = loop;
    this.reader = reader;
    this.sink = sink;
    this.onEnd = onEnd;
    registration = loop.watch(reader.number(), Poller.READABLE, _ -> read(READS_PER_TURN));
  }

  /// Reads what is there now.
  void drain() {
    read(Integer.MAX_VALUE);
  }

  private void read(int turns) {
    for (int turn = 0; turn < turns && registration != null; turn++) {
      ByteBuffer buffer = loop.buffer();
      int count = reader.read(buffer);
      if (count > 0) {
        byte[] output = new byte[count];
        buffer.flip().get(output);
        sink.accept(output);
      } else if (count == -Errno.EAGAIN) {
        return;
      } else {
        close();
      }
      if (count > 0 && count < buffer.capacity() / 2) {
        return;
      }
    }
  }

  void close() {
    if (registration != null) {
      registration.cancel();
      registration = null;
      reader.close();
      onEnd.run();
    }
  }
}
