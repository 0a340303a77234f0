package bespoke.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The socket that services send sd_notify(3) messages to, as `NOTIFY_SOCKET` of their environment
/// says. The kernel vouches for the sender (SCM_CREDENTIALS of unix(7)); descriptors that come
/// along are closed, which is what the senders of `BARRIER=1` wait for.
public final class NotificationSocket implements AutoCloseable {
  private static final int SOL_SOCKET = 1;
  private static final int SO_PASSCRED = 16;
  private static final int SCM_RIGHTS = 1;
  private static final int SCM_CREDENTIALS = 2;
  private static final int RECEIVE_CLOSE_ON_EXEC = 0x40000000;

  /// Longer messages are cut; systemd takes as much.
  private static final int MESSAGE_BYTES_MAX = 4096;

  /// Room for credentials and the most descriptors that one message can carry (253).
  private static final int CONTROL_BYTES = 2048;

  private static final int MESSAGES_A_TURN = 64;

  private static final NativeFunction SET_OPTION = NativeFunction.named("setsockopt");
  private static final NativeFunction RECEIVE = NativeFunction.named("recvmsg");

  private final Descriptor descriptor;
  private final String address;
  private final Path path;
  private final Consumer<Notification> listener;
  private final Poller.Registration registration;

  /// Opens the socket, replacing what an earlier daemon left there; everybody may write to it.
  ///
  /// @param path where; if it is too long for a socket, an abstract name is used instead
  /// @param listener called on the poller's thread
  /// @throws IOException when it cannot be made there
  public NotificationSocket(Path path, Poller poller, Consumer<Notification> listener)
      throws IOException {
    this.path = path;
    this.listener = listener;
    int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
    boolean isAbstract = length > LocalSocket.ADDRESS_BYTES_MAX;
    address =
        isAbstract
            ? "@bespoke-" + Processes.self() + "-" + Long.toHexString(path.hashCode() & 0xffffffffL)
            : path.toString();
    if (!isAbstract) {
      Files.deleteIfExists(path);
    }
    descriptor = open();
    if (!isAbstract) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    registration = poller.watch(descriptor.number(), Poller.READABLE, _ -> receiveAll());
  }

  /// The value for `NOTIFY_SOCKET`.
  public String address() {
    return address;
  }

  private Descriptor open() throws IOException {
    Descriptor socket = LocalSocket.open(LocalSocket.Kind.DATAGRAM, Descriptor.NON_BLOCKING);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
      int set = SET_OPTION.orErrno(socket.number(), SOL_SOCKET, SO_PASSCRED, on.address(), 4, 0);
      if (set != 0) {
        throw new IOException("cannot ask for credentials at " + address + ": " + Errno.text(-set));
      }
      LocalSocket.bind(socket, address);
      return socket;
    } catch (IOException problem) {
      socket.close();
      throw problem;
    }
  }

  private void receiveAll() {
    for (int i = 0; i < MESSAGES_A_TURN && receive(); i++) {
      // level-triggered: what is left is told again
    }
  }

  /// Takes one message.
  ///
  /// @return false when there is none
  private boolean receive() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(MESSAGE_BYTES_MAX);
      MemorySegment vector = arena.allocate(16, 8);
      vector.set(ADDRESS, 0, text);
      vector.set(JAVA_LONG, 8, MESSAGE_BYTES_MAX);
      MemorySegment control = arena.allocate(CONTROL_BYTES, 8);
      MemorySegment message = arena.allocate(56, 8);
      message.set(ADDRESS, 16, vector);
      message.set(JAVA_LONG, 24, 1);
      message.set(ADDRESS, 32, control);
      message.set(JAVA_LONG, 40, CONTROL_BYTES);
      int count = RECEIVE.orErrno(descriptor.number(), message.address(), RECEIVE_CLOSE_ON_EXEC);
      if (count < 0) {
        return false;
      }
      MemorySegment credentials = readControl(control, message.get(JAVA_LONG, 40));
      if (credentials.byteSize() > 0) {
        String all = new String(text.asSlice(0, count).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
        listener.accept(
            new Notification(
                credentials.get(JAVA_INT, 0),
                Integer.toUnsignedLong(credentials.get(JAVA_INT, 4)),
                assignments(all)));
      }
      return true;
    }
  }

  /// Closes descriptors that came along.
  ///
  /// @return the sender's credentials, or nothing
  private static MemorySegment readControl(MemorySegment control, long length) {
    MemorySegment credentials = MemorySegment.NULL;
    for (long at = 0; at + 16 <= length; ) {
      long partBytes = control.get(JAVA_LONG, at);
      if (partBytes < 16 || at + partBytes > length) {
        break;
      }
      MemorySegment data = control.asSlice(at + 16, partBytes - 16);
      int type = control.get(JAVA_INT, at + 12);
      if (type == SCM_CREDENTIALS && data.byteSize() >= 12) {
        credentials = data;
      } else if (type == SCM_RIGHTS) {
        for (long i = 0; i < data.byteSize() / 4; i++) {
          new Descriptor(data.getAtIndex(JAVA_INT, i)).close();
        }
      }
      at += (partBytes + 7) & ~7L;
    }
    return credentials;
  }

  static Map<String, String> assignments(String text) {
    Map<String, String> assignments = new HashMap<>();
    for (String line : text.split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        assignments.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return assignments;
  }

  @Override
  public void close() {
    registration.cancel();
    descriptor.close();
    if (!address.startsWith("@")) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException _) {
        // the next daemon replaces it
      }
    }
  }
}
