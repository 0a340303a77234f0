package bespoke.supervisor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpListenerTest {
  private static final String REQUEST = "GET / HTTP/1.0\r\n\r\n";

  private final List<Socket> sockets = new ArrayList<>();
  private InetSocketAddress address = new InetSocketAddress(0);
  private @org.jspecify.annotations.Nullable HttpListener listener;

  @BeforeEach
  void listen() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    address = (InetSocketAddress) server.getLocalAddress();
    listener =
        new HttpListener(server, request -> HttpResponse.of(200, "text/plain", "fine"), null, 3);
    listener.serve();
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    if (listener != null) {
      listener.close();
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(address.getAddress(), address.getPort());
    sockets.add(socket);
    return socket;
  }

  /// Sends something and gives all that comes back until the server closes.
  private String answer(String request) throws IOException {
    Socket socket = connect();
    OutputStream out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void whoHoldsAllConnectionsKeepsNobodyOut() throws IOException {
    for (int i = 0; i < 10; i++) {
      connect().getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
    }

    assertThat(answer(REQUEST)).startsWith("HTTP/1.0 200").endsWith("fine");
  }

  @Test
  void headerLinesWithoutEndAreRefused() throws IOException {
    assertThat(answer("GET / HTTP/1.0\r\n" + "a: b\r\n".repeat(101))).contains(" 431 ");
  }

  @Test
  void largeBodiesOfAllClientsTogetherAreLimited() throws IOException {
    String large = "POST / HTTP/1.0\r\nContent-Length: 16777216\r\n\r\n";
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    address = (InetSocketAddress) server.getLocalAddress();
    try (var many =
        new HttpListener(
            server, request -> HttpResponse.of(200, "text/plain", "fine"), null, 100)) {
      many.serve();
      for (int i = 0; i < 5; i++) {
        connect().getOutputStream().write(large.getBytes(StandardCharsets.US_ASCII));
      }
      // four of them have their place, whichever came first
      assertThat(new String(answered().getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .contains(" 503 ");
      assertThat(answer("POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nab")).contains(" 200 ");
    }
  }

  /// The first socket that has an answer.
  private Socket answered() throws IOException {
    while (true) {
      for (Socket socket : sockets) {
        if (socket.getInputStream().available() > 0) {
          return socket;
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
