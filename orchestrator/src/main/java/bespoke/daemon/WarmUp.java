package bespoke.daemon;

import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;

/// Loads what takes long and is needed soon, beside the rest of the start.
final class WarmUp {
  private WarmUp() {}

  static void begin() {
    Background.run(
        "warm-up-socket",
        () -> {
          ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
          return true;
        });
  }
}
