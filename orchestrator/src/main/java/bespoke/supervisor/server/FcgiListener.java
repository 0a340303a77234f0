package bespoke.supervisor.server;

import bespoke.os.ChannelDescriptor;
import bespoke.supervisor.config.FcgiSocket;
import bespoke.supervisor.config.SocketAddressConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The listening socket that the processes of an fcgi-program share: there while one of them runs.
final class FcgiListener {
  private final FcgiSocket config;
  private @Nullable ServerSocketChannel channel;
  private int users;

  FcgiListener(FcgiSocket config) {
    this.config = config;
  }

  /// A process wants it as descriptor 0; made if it is not there.
  ///
  /// @return the descriptor's number
  int acquire() throws IOException {
    if (channel == null) {
      channel = open();
    }
    users++;
    return ChannelDescriptor.of(channel);
  }

  /// A process that had it is gone; closed with the last one.
  void release() {
    if (--users <= 0 && channel != null) {
      users = 0;
      try {
        channel.close();
      } catch (IOException _) {
        // the kernel has closed it; there is nothing to repeat
      }
      channel = null;
    }
  }

  private ServerSocketChannel open() throws IOException {
    return switch (config.address()) {
      case SocketAddressConfig.Unix(String path) -> unix(Path.of(path));
      case SocketAddressConfig.Inet(String host, int port) -> {
        ServerSocketChannel inet = ServerSocketChannel.open(StandardProtocolFamily.INET);
        inet.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        inet.bind(
            host.isEmpty()
                ? new InetSocketAddress(InetAddress.getByAddress(new byte[4]), port)
                : new InetSocketAddress(host, port),
            config.backlog());
        yield inet;
      }
    };
  }

  private ServerSocketChannel unix(Path path) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    unix.bind(UnixDomainSocketAddress.of(path), config.backlog());
    Files.setAttribute(path, "unix:mode", config.mode());
    if (config.owner() != null) {
      Files.setAttribute(path, "unix:uid", config.owner());
    }
    if (config.group() != null) {
      Files.setAttribute(path, "unix:gid", config.group());
    }
    return unix;
  }
}
