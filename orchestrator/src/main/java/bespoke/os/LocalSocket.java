package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Sockets of unix(7) that the JDK has no channels for: datagrams, packets, and names that are in
/// no file system.
public final class LocalSocket {

  /// The longest address, in bytes (`sun_path` of unix(7)).
  public static final int ADDRESS_BYTES_MAX = 107;

  private static final int AF_UNIX = 1;
  private static final int CLOSE_ON_EXEC = 0x80000;

  private static final NativeFunction SOCKET = NativeFunction.named("socket");
  private static final NativeFunction BIND = NativeFunction.named("bind");
  private static final NativeFunction CONNECT = NativeFunction.named("connect");
  private static final NativeFunction LISTEN = NativeFunction.named("listen");

  private LocalSocket() {}

  /// What a socket carries.
  public enum Kind {
    /// Bytes, between two.
    STREAM(1),
    /// Messages from anybody.
    DATAGRAM(2),
    /// Messages in order, between two.
    SEQUENTIAL_PACKETS(5);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /// Makes a socket that nobody has bound.
  ///
  /// @throws IOException when there are too many descriptors
  static Descriptor open(Kind kind) throws IOException {
    return open(kind, 0);
  }

  /// Makes a socket.
  ///
  /// @param flags such as [Descriptor#NON_BLOCKING]
  static Descriptor open(Kind kind, int flags) throws IOException {
    int number = SOCKET.orErrno(AF_UNIX, kind.number | CLOSE_ON_EXEC | flags, 0);
    if (number < 0) {
      throw new IOException("cannot make a socket: " + Errno.text(-number));
    }
    return new Descriptor(number);
  }

  /// Makes a socket with an address; all but datagrams are listened for.
  ///
  /// @param address a path, or `@` and a name
  /// @param backlog connections that may wait (listen(2))
  /// @throws IOException with what the kernel said
  public static Descriptor listen(Kind kind, String address, int backlog) throws IOException {
    Descriptor socket = open(kind);
    try {
      bind(socket, address);
      if (kind != Kind.DATAGRAM) {
        int fault = LISTEN.orErrno(socket.number(), backlog);
        if (fault != 0) {
          throw new IOException("cannot listen: " + Errno.text(-fault));
        }
      }
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Gives a socket its address: bind(2).
  static void bind(Descriptor socket, String address) throws IOException {
    int fault = withAddress(BIND, socket, address);
    if (fault != 0) {
      throw new IOException("cannot bind " + address + ": " + Errno.text(-fault));
    }
  }

  /// Whether a process has bound the address: connect(2).
  public static boolean isInUse(Kind kind, String address) throws IOException {
    try (Descriptor trial = open(kind)) {
      return withAddress(CONNECT, trial, address) == 0;
    }
  }

  /// @return 0, or the negated errno
  private static int withAddress(NativeFunction call, Descriptor socket, String address)
      throws IOException {
    byte[] name = address.getBytes(StandardCharsets.UTF_8);
    if (name.length == 0 || name.length > ADDRESS_BYTES_MAX) {
      throw new IOException("an address of " + name.length + " bytes is too short or too long");
    }
    boolean isAbstract = name[0] == '@';
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(2L + name.length + 1, 2);
      target.set(JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, target, JAVA_BYTE, 2, name.length);
      if (isAbstract) {
        target.set(JAVA_BYTE, 2, (byte) 0);
      }
      int length = 2 + name.length + (isAbstract ? 0 : 1);
      return call.orErrno(socket.number(), target.address(), length);
    }
  }
}
