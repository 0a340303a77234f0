package bespoke.supervisor.ctl;

import bespoke.connect.ByteStream;
import bespoke.supervisor.config.SocketAddressConfig;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks a server by HTTP/1.1 over TCP or a unix socket, a connection a request. java.net.http knows
/// no unix sockets.
final class HttpClient {
  private static final int BUFFER_BYTES = 8192;
  private static final int LINE_MAX = 65_536;

  private final SocketAddressConfig address;
  private final @Nullable String authorization;

  HttpClient(SocketAddressConfig address, @Nullable String username, @Nullable String password) {
    this.address = address;
    String pair = username + ":" + (password == null ? "" : password);
    authorization =
        username == null
            ? null
            : "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /// An answer whose body is still to be read. Closing it ends the connection.
  static final class Answer implements AutoCloseable {
    private final Closeable connection;
    private final int status;
    private final InputStream body;

    private Answer(Closeable connection, int status, InputStream body) {
      this.connection = connection;
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    /// The body, without transfer coding.
    InputStream body() {
      return body;
    }

    /// Copies the body as it comes, until it or the connection ends.
    void copyTo(OutputStream out) throws IOException {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        out.write(buffer, 0, count);
        out.flush();
      }
    }

    /// Ends the connection, also while another thread reads.
    void end() {
      try {
        close();
      } catch (IOException _) {
        // it has ended already
      }
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  Answer post(String path, byte[] body) throws IOException {
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nContent-Type: text/xml\r\nConnection: close\r\n"
            + "Content-Length: "
            + body.length
            + "\r\n";
    return address instanceof SocketAddressConfig.Unix unix
        ? exchange(Path.of(unix.path()), head, body)
        : exchange(head, body);
  }

  /// Asks for something that may never end.
  Answer follow(String path) throws IOException {
    return exchange("GET " + path + " HTTP/1.1\r\n", new byte[0]);
  }

  /// As the other, in the way that starts sooner; an answer whose end cannot be waited for would
  /// not be ended by closing it.
  private Answer exchange(Path socket, String head, byte[] body) throws IOException {
    ByteStream stream = ByteStream.to(socket);
    try {
      stream.write(whole(head));
      stream.write(body);
      return answer(stream::close, stream.input());
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  private byte[] whole(String head) {
    String rest =
        "Host: localhost\r\nUser-Agent: supervisorctl\r\nAccept: */*\r\n"
            + (authorization == null ? "" : "Authorization: " + authorization + "\r\n")
            + "\r\n";
    return (head + rest).getBytes(StandardCharsets.UTF_8);
  }

  private Answer exchange(String head, byte[] body) throws IOException {
    SocketChannel channel = SocketChannel.open(socketAddress());
    try {
      write(channel, whole(head));
      write(channel, body);
      return answer(channel, Channels.newInputStream(channel));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private SocketAddress socketAddress() {
    return switch (address) {
      case SocketAddressConfig.Unix(String path) -> UnixDomainSocketAddress.of(path);
      case SocketAddressConfig.Inet(String host, int port) -> new InetSocketAddress(host, port);
    };
  }

  private static void write(SocketChannel channel, byte[] data) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(data);
    while (buffer.hasRemaining()) {
      int _ = channel.write(buffer);
    }
  }

  private static Answer answer(Closeable connection, InputStream input) throws IOException {
    InputStream in = new BufferedInputStream(input);
    String[] statusLine = line(in).split(" ", 3);
    if (statusLine.length < 2 || !statusLine[1].matches("\\d{3}")) {
      throw new IOException("the server does not speak HTTP");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    boolean chunked = headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
    String length = headers.get("content-length");
    InputStream body = in;
    if (chunked) {
      body = new ChunkedInput(in);
    } else if (length != null) {
      body = new LimitedInput(in, Long.parseLong(length));
    }
    return new Answer(connection, Integer.parseInt(statusLine[1]), body);
  }

  /// The next line without its end; empty at the end of the input.
  static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() > LINE_MAX) {
        throw new IOException("a line of the answer is too long");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
