package bespoke.ondemand.inetd;

import bespoke.os.LocalSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Where an instance listens.
sealed interface ListenAddress {

  /// A TCP port.
  ///
  /// @param address unresolved never; empty means every address of the machine, IPv4 and IPv6
  record Tcp(Optional<InetAddress> address, int port) implements ListenAddress {
    @Override
    public String toString() {
      return "tcp://" + host(address) + ":" + port;
    }
  }

  /// A UDP port; the service itself receives.
  ///
  /// @param address as with TCP
  record Udp(Optional<InetAddress> address, int port) implements ListenAddress {
    @Override
    public String toString() {
      return "udp://" + host(address) + ":" + port;
    }
  }

  /// A stream socket in the file system (unix(7)).
  ///
  /// @param path absolute, at most 107 bytes
  record Unix(Path path) implements ListenAddress {
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /// A socket of unix(7) without a channel of the JDK; the service itself receives or accepts.
  ///
  /// @param name an absolute path, or `@` and a name that is in no file system
  record Local(LocalSocket.Kind kind, String name) implements ListenAddress {
    /// The path, unless it is a name that is in no file system.
    Optional<Path> path() {
      return name.startsWith("@") ? Optional.empty() : Optional.of(Path.of(name));
    }

    @Override
    public String toString() {
      return switch (kind) {
            case STREAM -> "unix:";
            case DATAGRAM -> "unix-dgram:";
            case SEQUENTIAL_PACKETS -> "unix-seqpacket:";
          }
          + name;
    }
  }

  /// A pipe with a name in the file system (fifo(7)).
  ///
  /// @param path absolute
  record Fifo(Path path) implements ListenAddress {
    @Override
    public String toString() {
      return "fifo:" + path;
    }
  }

  /// The longest path of a socket, in bytes (unix(7)).
  int UNIX_PATH_BYTES_MAX = 107;

  private static String host(Optional<InetAddress> address) {
    return address
        .map(InetAddress::getHostAddress)
        .map(text -> text.contains(":") ? "[" + text + "]" : text)
        .orElse("*");
  }

  /// The address to bind to.
  static InetSocketAddress socketAddress(Optional<InetAddress> address, int port) {
    return address
        .map(it -> new InetSocketAddress(it, port))
        .orElseGet(() -> new InetSocketAddress(port));
  }

  /// Reads `tcp://ADDRESS:PORT`, `udp://ADDRESS:PORT`, `unix:/PATH`, `unix-dgram:/PATH`,
  /// `unix-seqpacket:/PATH` (all of unix also with `@NAME`) or `fifo:/PATH`. An address is a
  /// number, `*` or `localhost`: names are not looked up, since that may take for ever.
  ///
  /// @throws IllegalArgumentException with a sentence that says what is wrong
  static ListenAddress parse(String text) {
    if (text.startsWith("unix:@")) {
      return new Local(LocalSocket.Kind.STREAM, name(text, "unix:"));
    }
    if (text.startsWith("unix-dgram:")) {
      return new Local(LocalSocket.Kind.DATAGRAM, name(text, "unix-dgram:"));
    }
    if (text.startsWith("unix-seqpacket:")) {
      return new Local(LocalSocket.Kind.SEQUENTIAL_PACKETS, name(text, "unix-seqpacket:"));
    }
    if (text.startsWith("unix:")) {
      return new Unix(path(text, "unix:"));
    }
    if (text.startsWith("fifo:")) {
      return new Fifo(path(text, "fifo:"));
    }
    boolean isTcp = text.startsWith("tcp://");
    int colon = text.lastIndexOf(':');
    if (!isTcp && !text.startsWith("udp://") || colon < 6) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no address to listen at;"
              + " one is tcp://127.0.0.1:80, udp://*:53 or unix:/run/web.sock.");
    }
    String digits = text.substring(colon + 1);
    int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "\"" + digits + "\" in \"" + text + "\" is no port; one is a number from 1 to 65535.");
    }
    Optional<InetAddress> address = address(text, text.substring(6, colon));
    return isTcp ? new Tcp(address, port) : new Udp(address, port);
  }

  private static Optional<InetAddress> address(String text, String host) {
    if (host.equals("*") || host.isEmpty()) {
      return Optional.empty();
    }
    if (host.equals("localhost")) {
      return Optional.of(InetAddress.ofLiteral("127.0.0.1"));
    }
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    try {
      return Optional.of(
          InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\""
              + host
              + "\" in \""
              + text
              + "\" is no address; names are not looked up: write a"
              + " number, * or localhost.",
          e);
    }
  }

  private static String name(String text, String scheme) {
    String name = text.substring(scheme.length());
    if (!name.startsWith("@")) {
      return path(text, scheme).toString();
    }
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length < 2 || length > UNIX_PATH_BYTES_MAX || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "The name of \"" + text + "\" has to be of 1 to 106 bytes.");
    }
    return name;
  }

  private static Path path(String text, String scheme) {
    try {
      Path path = Path.of(text.substring(scheme.length()));
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException("The path of \"" + text + "\" has to be absolute.");
      }
      if (path.toString().getBytes(StandardCharsets.UTF_8).length > UNIX_PATH_BYTES_MAX) {
        throw new IllegalArgumentException(
            "The path of \"" + text + "\" is longer than " + UNIX_PATH_BYTES_MAX + " bytes.");
      }
      return path;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no path: " + e.getReason() + ".", e);
    }
  }
}
