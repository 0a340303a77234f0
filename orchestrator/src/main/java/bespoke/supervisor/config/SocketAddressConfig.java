package bespoke.supervisor.config;

/// An address to listen on.
public sealed interface SocketAddressConfig {
  /// A unix socket at an absolute path.
  record Unix(String path) implements SocketAddressConfig {}

  /// An IPv4 address; an empty host means all.
  record Inet(String host, int port) implements SocketAddressConfig {}
}
