package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// Who connected to a UNIX socket (SO_PEERCRED of unix(7)), as the kernel noted it then.
///
/// @param pid of the process; it may be gone, and the pid reused
/// @param uid its effective user
/// @param gid its effective group
public record PeerCredentials(long pid, long uid, long gid) {
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int CREDENTIALS_BYTES = 12;

  private static final class Linked {
    static final NativeFunction GET_OPTION = NativeFunction.named("getsockopt");
    static final Method DESCRIPTOR = descriptorMethod();

    /// Needs `--add-opens java.base/sun.nio.ch=ALL-UNNAMED`.
    private static Method descriptorMethod() {
      try {
        Method method = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
        method.setAccessible(true);
        return method;
      } catch (ReflectiveOperationException problem) {
        throw new IllegalStateException(problem);
      }
    }
  }

  /// The other end of a connected UNIX socket.
  ///
  /// @return empty when it is no such socket or is closed
  public static Optional<PeerCredentials> of(SocketChannel channel) {
    if (!channel.isOpen()) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) Linked.DESCRIPTOR.invoke(channel);
      MemorySegment credentials = arena.allocate(CREDENTIALS_BYTES, 4);
      MemorySegment length = arena.allocateFrom(JAVA_INT, CREDENTIALS_BYTES);
      int answer =
          Linked.GET_OPTION.orErrno(
              descriptor, SOL_SOCKET, SO_PEERCRED, credentials.address(), length.address(), 0);
      int pid = credentials.get(JAVA_INT, 0);
      return answer != 0 || pid <= 0
          ? Optional.empty()
          : Optional.of(
              new PeerCredentials(
                  pid,
                  Integer.toUnsignedLong(credentials.get(JAVA_INT, 4)),
                  Integer.toUnsignedLong(credentials.get(JAVA_INT, 8))));
    } catch (ReflectiveOperationException problem) {
      throw new IllegalStateException(problem);
    }
  }
}
