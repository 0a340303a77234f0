package bespoke.restarter;

import bespoke.os.Descriptor;
import bespoke.os.Poller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The reading end of a readiness descriptor: a newline on it means ready, as in s6.
///
/// The pipe lives as long as the daemon: a service that reports after the daemon was replaced
/// writes into nothing.
final class ReadyDescriptor {

  private static final int BYTES_MAX = 4096;

  private final Descriptor reader;
  private final Runnable ready;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private Poller.@Nullable Registration registration;
  private int bytesLeft = BYTES_MAX;

  /// @param ready told on the poller's thread, at most once
  ReadyDescriptor(Descriptor reader, Runnable ready) {
    this.reader = reader;
    this.ready = ready;
  }

  /// Listens from now on.
  void watch(Poller poller) {
    reader.makeNonBlocking();
    poller.execute(
        () -> registration = poller.watch(reader.number(), Poller.READABLE, _ -> read()));
  }

  private void read() {
    ByteBuffer bytes = ByteBuffer.allocate(256);
    int count = reader.read(bytes);
    if (count > 0) {
      bytesLeft -= count;
      String text = StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
      if (text.indexOf('\n') >= 0) {
        ready.run();
        close();
      } else if (bytesLeft <= 0) {
        close(); // it talks, but not about being ready
      }
    } else if (count == 0 || count != -bespoke.os.Errno.EAGAIN) {
      close();
    }
  }

  /// Called on the poller's thread only.
  void close() {
    if (isClosed.compareAndSet(false, true)) {
      if (registration != null) {
        registration.cancel();
      }
      reader.close();
    }
  }
}
