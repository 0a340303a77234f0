package bespoke.restarter;

/// `HOST:PORT`, with an IPv6 address in brackets.
///
/// @param host a name or an address, without brackets
/// @param port 1 to 65535
record HostAndPort(String host, int port) {

  /// Reads it.
  ///
  /// @throws IllegalArgumentException if it is not well formed
  static HostAndPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("it is not HOST:PORT");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("an IPv6 address must stand in brackets");
    }
    return new HostAndPort(host, port(text.substring(colon + 1)));
  }

  private static int port(String digits) {
    int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the port \"" + digits + "\" is not from 1 to 65535");
    }
    return port;
  }
}
