package bespoke.os;

import java.lang.reflect.Method;
import java.nio.channels.NetworkChannel;

/// The descriptor behind a channel of java.nio, for passing it to another process. Needs
/// `--add-opens java.base/sun.nio.ch=ALL-UNNAMED`.
public final class ChannelDescriptor {
  private ChannelDescriptor() {}

  /// The number; it stays the channel's own, which closes it.
  ///
  /// @param channel a socket of any kind
  public static int of(NetworkChannel channel) {
    try {
      Method method = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
      method.setAccessible(true);
      return (int) method.invoke(channel);
    } catch (ReflectiveOperationException problem) {
      throw new IllegalStateException(problem);
    }
  }
}
