package bespoke.ondemand.inetd;

import bespoke.os.Accounts;
import bespoke.os.ChannelDescriptor;
import bespoke.os.Descriptor;
import bespoke.os.Errno;
import bespoke.os.LocalSocket;
import bespoke.os.NamedPipe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One socket that is bound and listens.
final class ListeningSocket implements AutoCloseable {
  private static final int FILE_TYPE = 0170000;
  private static final int SOCKET_TYPE = 0140000;
  private static final int FIFO_TYPE = 0010000;

  private final ListenAddress address;
  private final Opened opened;

  private ListeningSocket(ListenAddress address, Opened opened) {
    this.address = address;
    this.opened = opened;
  }

  /// What is open.
  private sealed interface Opened {
    record Channel(NetworkChannel channel) implements Opened {}

    record Raw(Descriptor descriptor) implements Opened {}
  }

  /// Opens one.
  ///
  /// @throws IOException with what the kernel said, such as that the port is in use
  static ListeningSocket open(ListenAddress address, Settings settings) throws IOException {
    return new ListeningSocket(
        address,
        switch (address) {
          case ListenAddress.Tcp(Optional<InetAddress> host, int port) -> {
            ServerSocketChannel tcp = ServerSocketChannel.open();
            yield channel(
                tcp,
                () -> {
                  tcp.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                  tcp.bind(ListenAddress.socketAddress(host, port), settings.backlog());
                });
          }
          case ListenAddress.Udp(Optional<InetAddress> host, int port) -> {
            DatagramChannel udp = DatagramChannel.open();
            yield channel(udp, () -> udp.bind(ListenAddress.socketAddress(host, port)));
          }
          case ListenAddress.Unix(Path path) -> unix(path, settings);
          case ListenAddress.Local local -> local(local, settings);
          case ListenAddress.Fifo(Path path) -> fifo(path, settings);
        });
  }

  private interface Binding {
    void bind() throws IOException;
  }

  private static Opened channel(NetworkChannel channel, Binding binding) throws IOException {
    try {
      binding.bind();
      return new Opened.Channel(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void makeParent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
  }

  private static Opened local(ListenAddress.Local local, Settings settings) throws IOException {
    Optional<Path> path = local.path();
    if (path.isPresent()) {
      clear(path.get(), local.kind());
      makeParent(path.get());
    }
    Descriptor socket = LocalSocket.listen(local.kind(), local.name(), settings.backlog());
    return path.isPresent() ? owned(socket, path.get(), settings) : new Opened.Raw(socket);
  }

  private static Opened fifo(Path path, Settings settings) throws IOException {
    makeParent(path);
    int made = NamedPipe.make(path, settings.mode());
    if (made != 0 && made != -Errno.EEXIST) {
      throw new IOException(Errno.text(-made));
    }
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & FILE_TYPE) != FIFO_TYPE) {
      throw new IOException("there is a file, and it is no pipe");
    }
    // for writing, too: else it would be at its end whenever no writer is there
    int number = Descriptor.open(path, Descriptor.READ_WRITE | Descriptor.NON_BLOCKING, 0);
    if (number < 0) {
      throw new IOException(Errno.text(-number));
    }
    return owned(new Descriptor(number), path, settings);
  }

  private static Opened owned(Descriptor descriptor, Path path, Settings settings)
      throws IOException {
    try {
      own(path, settings);
      return new Opened.Raw(descriptor);
    } catch (IOException e) {
      descriptor.close();
      throw e;
    }
  }

  private static void own(Path path, Settings settings) throws IOException {
    if (!settings.user().isEmpty()) {
      Files.setAttribute(path, "unix:uid", (int) uid(settings.user()));
    }
    if (!settings.group().isEmpty()) {
      Files.setAttribute(path, "unix:gid", (int) gid(settings.group()));
    }
    Files.setAttribute(path, "unix:mode", settings.mode());
  }

  private static Opened unix(Path path, Settings settings) throws IOException {
    clear(path, LocalSocket.Kind.STREAM);
    makeParent(path);
    ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return channel(
        unix,
        () -> {
          // nobody else may connect before the permissions are set: our umask takes away writing
          unix.bind(UnixDomainSocketAddress.of(path), settings.backlog());
          own(path, settings);
        });
  }

  private static long uid(String user) throws IOException {
    return user.matches("[0-9]{1,9}")
        ? Long.parseLong(user)
        : Accounts.user(user)
            .map(Accounts.User::uid)
            .orElseThrow(() -> new IOException("there is no user \"" + user + "\""));
  }

  private static long gid(String group) throws IOException {
    return group.matches("[0-9]{1,9}")
        ? Long.parseLong(group)
        : Accounts.group(group)
            .map(Accounts.Group::gid)
            .orElseThrow(() -> new IOException("there is no group \"" + group + "\""));
  }

  /// Removes a socket that nobody listens at any more, and nothing else.
  private static void clear(Path path, LocalSocket.Kind kind) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & FILE_TYPE) != SOCKET_TYPE) {
      throw new IOException("there is a file, and it is no socket");
    }
    if (LocalSocket.isInUse(kind, path.toString())) {
      throw new IOException("another process listens there");
    }
    Files.delete(path);
  }

  /// Its number, for [bespoke.os.Poller] and for handing it over.
  int descriptor() {
    return switch (opened) {
      case Opened.Channel(NetworkChannel channel) -> ChannelDescriptor.of(channel);
      case Opened.Raw(Descriptor descriptor) -> descriptor.number();
    };
  }

  ListenAddress address() {
    return address;
  }

  /// Lets [#accept] return at once when nobody is there. A socket that is handed over keeps
  /// blocking, as programs expect it.
  void doNotBlock() throws IOException {
    if (opened instanceof Opened.Channel(ServerSocketChannel server)) {
      server.configureBlocking(false);
    }
  }

  /// Takes a connection.
  ///
  /// @return null when there is none any more
  @Nullable SocketChannel accept() throws IOException {
    return opened instanceof Opened.Channel(ServerSocketChannel server) ? server.accept() : null;
  }

  @Override
  public void close() {
    try {
      switch (opened) {
        case Opened.Channel(NetworkChannel channel) -> channel.close();
        case Opened.Raw(Descriptor descriptor) -> descriptor.close();
      }
      Optional<Path> left =
          switch (address) {
            case ListenAddress.Unix(Path path) -> Optional.of(path);
            case ListenAddress.Local local -> local.path();
            case ListenAddress.Tcp _, ListenAddress.Udp _, ListenAddress.Fifo _ -> Optional.empty();
          };
      if (left.isPresent()) {
        Files.deleteIfExists(left.get());
      }
    } catch (IOException _) {
      // a socket that stays in the file system is cleared by who binds it next
    }
  }
}
