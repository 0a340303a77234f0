package bespoke.daemon;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/// Loads what takes long and is needed soon, beside the rest of the start.
final class WarmUp {
  /// Linking native functions takes milliseconds for each; these are needed by the first method and
  /// the first client.
  static final List<String> NATIVE =
      List.of(
          "bespoke.os.PidDescriptor$Linked",
          "bespoke.os.Signals$Linked",
          "bespoke.os.PeerCredentials$Linked");

  private WarmUp() {}

  static void begin() {
    Thread.ofPlatform().name("warm-up").daemon().start(WarmUp::load);
  }

  private static void load() {
    new LocalClock().getZone(); // the first line that is logged has a time
    for (String name : NATIVE) {
      try {
        Class.forName(name);
      } catch (ReflectiveOperationException | LinkageError unknown) {
        // It is loaded when it is needed, and then reports its own trouble.
      }
    }
    sockets();
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
