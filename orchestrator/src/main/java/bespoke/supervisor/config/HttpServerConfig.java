package bespoke.supervisor.config;

import org.jspecify.annotations.Nullable;

/// A `[unix_http_server]` or `[inet_http_server]`.
///
/// @param section the section's name, for messages
/// @param mode permission bits of a unix socket
/// @param owner uid of a unix socket's file; null = unchanged
/// @param group gid of a unix socket's file; null = unchanged
/// @param username null = everybody may do everything
/// @param password clear text or `{SHA}` and the hexadecimal SHA-1
public record HttpServerConfig(
    String section,
    SocketAddressConfig address,
    int mode,
    @Nullable Integer owner,
    @Nullable Integer group,
    @Nullable String username,
    @Nullable String password) {
  /// The URL that clients use.
  public String url() {
    return switch (address) {
      case SocketAddressConfig.Unix(String path) -> "unix://" + path;
      case SocketAddressConfig.Inet(String host, int port) ->
          "http://" + (host.isEmpty() ? "localhost" : host) + ":" + port;
    };
  }
}
