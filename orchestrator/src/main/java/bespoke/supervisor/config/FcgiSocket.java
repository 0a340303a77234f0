package bespoke.supervisor.config;

import org.jspecify.annotations.Nullable;

/// The listening socket that an fcgi-program's processes share as descriptor 0.
///
/// @param owner uid of a unix socket's file; null = unchanged
/// @param group gid of a unix socket's file; null = unchanged
/// @param mode permission bits of a unix socket's file
/// @param backlog 1..65535
public record FcgiSocket(
    SocketAddressConfig address,
    @Nullable Integer owner,
    @Nullable Integer group,
    int mode,
    int backlog) {
  /// The address as written in the file.
  public String url() {
    return switch (address) {
      case SocketAddressConfig.Unix(String path) -> "unix://" + path;
      case SocketAddressConfig.Inet(String host, int port) -> "tcp://" + host + ":" + port;
    };
  }
}
