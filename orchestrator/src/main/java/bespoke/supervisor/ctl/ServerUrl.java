package bespoke.supervisor.ctl;

import bespoke.supervisor.config.SocketAddressConfig;
import java.util.Optional;

/// Where a server is: `unix:///path` or `http://host:port`.
///
/// @param text as written, for messages
public record ServerUrl(String text, SocketAddressConfig address) {
  private static final int HTTP_PORT = 80;

  /// The URL, if it is one.
  static Optional<ServerUrl> of(String text) {
    if (text.startsWith("unix://") && text.length() > "unix://".length()) {
      String path = text.substring("unix://".length());
      return Optional.of(new ServerUrl(text, new SocketAddressConfig.Unix(path)));
    }
    if (!text.startsWith("http://")) {
      return Optional.empty();
    }
    String place = text.substring("http://".length()).replaceFirst("/.*", "");
    int colon = place.lastIndexOf(':');
    String host = colon < 0 ? place : place.substring(0, colon);
    String port = colon < 0 ? Integer.toString(HTTP_PORT) : place.substring(colon + 1);
    if (host.isEmpty() || !port.matches("\\d{1,5}")) {
      return Optional.empty();
    }
    return Optional.of(
        new ServerUrl(text, new SocketAddressConfig.Inet(host, Integer.parseInt(port))));
  }
}
