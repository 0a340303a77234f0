package bespoke.supervisor.server;

import bespoke.os.Descriptor;
import bespoke.os.Errno;
import bespoke.os.Poller;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one pipe until every process has closed its other end.
final class OutputPump {
  private static final int READ_MAX = 128 << 10;

  /// So much is read for one process before others get their turn.
  private static final int READS_PER_TURN = 4;

  private final Descriptor reader;
  private final Consumer<byte[]> sink;
  private final Runnable onEnd;
  private Poller.@Nullable Registration registration;

  /// @param reader an open, non-blocking descriptor; closed at the end
  /// @param onEnd called once, when it is closed
  OutputPump(Loop loop, Descriptor reader, Consumer<byte[]> sink, Runnable onEnd) {
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
    ByteBuffer buffer = ByteBuffer.allocate(READ_MAX);
    for (int turn = 0; turn < turns && registration != null; turn++) {
      buffer.clear();
      int count = reader.read(buffer);
      if (count > 0) {
        sink.accept(Arrays.copyOf(buffer.array(), count));
      } else if (count == -Errno.EAGAIN) {
        return;
      } else {
        close();
      }
      if (count > 0 && count < READ_MAX / 2) {
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
