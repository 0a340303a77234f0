package bespoke.daemon;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;

/// Loads what takes long and is needed soon, beside the rest of the start.
final class WarmUp {
  private WarmUp() {}

  static void begin() {
    Thread.ofPlatform().name("warm-up").daemon().start(WarmUp::sockets);
  }

  /// The first UNIX socket of a JVM initialises its cryptography, which takes 20 ms.
  private static void sockets() {
    try {
      ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
    } catch (IOException e) {
      // The socket that matters is opened later and reports its own trouble.
    }
  }
}
