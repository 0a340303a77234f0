package bespoke.ondemand.inetd;

import bespoke.os.Accounts;
import bespoke.os.ChannelDescriptor;
import java.io.IOException;
import java.net.ConnectException;
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

  private final ListenAddress address;
  private final NetworkChannel channel;

  private ListeningSocket(ListenAddress address, NetworkChannel channel) {
    this.address = address;
    this.channel = channel;
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
            yield bound(
                tcp,
                () -> {
                  tcp.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                  tcp.bind(ListenAddress.socketAddress(host, port), settings.backlog());
                });
          }
          case ListenAddress.Udp(Optional<InetAddress> host, int port) -> {
            DatagramChannel udp = DatagramChannel.open();
            yield bound(udp, () -> udp.bind(ListenAddress.socketAddress(host, port)));
          }
          case ListenAddress.Unix(Path path) -> unix(path, settings);
        });
  }

  private interface Binding {
    void bind() throws IOException;
  }

  private static NetworkChannel bound(NetworkChannel channel, Binding binding) throws IOException {
    try {
      binding.bind();
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static NetworkChannel unix(Path path, Settings settings) throws IOException {
    clear(path);
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return bound(
        unix,
        () -> {
          // nobody else may connect before the permissions are set: our umask takes away writing
          unix.bind(UnixDomainSocketAddress.of(path), settings.backlog());
          if (!settings.user().isEmpty()) {
            Files.setAttribute(path, "unix:uid", (int) uid(settings.user()));
          }
          if (!settings.group().isEmpty()) {
            Files.setAttribute(path, "unix:gid", (int) gid(settings.group()));
          }
          Files.setAttribute(path, "unix:mode", settings.mode());
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
  private static void clear(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & FILE_TYPE) != SOCKET_TYPE) {
      throw new IOException("there is a file, and it is no socket");
    }
    try (SocketChannel trial = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      trial.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException _) {
      Files.delete(path);
      return;
    }
    throw new IOException("another process listens there");
  }

  /// Its number, for [bespoke.os.Poller] and for handing it over.
  int descriptor() {
    return ChannelDescriptor.of(channel);
  }

  ListenAddress address() {
    return address;
  }

  /// Lets [#accept] return at once when nobody is there. A socket that is handed over keeps
  /// blocking, as programs expect it.
  void doNotBlock() throws IOException {
    if (channel instanceof ServerSocketChannel server) {
      server.configureBlocking(false);
    }
  }

  /// Takes a connection.
  ///
  /// @return null when there is none any more
  @Nullable SocketChannel accept() throws IOException {
    return channel instanceof ServerSocketChannel server ? server.accept() : null;
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (address instanceof ListenAddress.Unix(Path path)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException _) {
      // a socket that stays in the file system is cleared by who binds it next
    }
  }
}
