package bespoke.supervisor.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Speaks HTTP/1.0 and 1.1 with one client, request after request.
final class HttpConnection implements Runnable {
  private static final int LINE_MAX = 8192;
  private static final int HEADERS_MAX = 100;
  private static final int BODY_MAX = 16 << 20;

  /// A larger body needs room.
  private static final int BODY_SMALL = 64 << 10;

  private final SocketChannel channel;
  private final Function<HttpRequest, HttpResponse> handler;
  private final InputStream in;
  private final OutputStream out;
  private final AtomicBoolean answering = new AtomicBoolean();
  private final Semaphore room;
  private int heldBytes;

  /// @param room for large bodies of all connections together, a permit a byte
  HttpConnection(
      SocketChannel channel, Function<HttpRequest, HttpResponse> handler, Semaphore room) {
    this.channel = channel;
    this.handler = handler;
    this.room = room;
    in = new BufferedInputStream(Channels.newInputStream(channel));
    out = new BufferedOutputStream(Channels.newOutputStream(channel));
  }

  /// A request that cannot be read.
  private static final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    BadRequestException(int status) {
      super("status " + status);
      this.status = status;
    }
  }

  /// Whether a request has been read and its answer is not sent yet.
  boolean isAnswering() {
    return answering.get();
  }

  void close() throws IOException {
    channel.close();
  }

  @Override
  public void run() {
    try (channel) {
      boolean again = true;
      while (again) {
        again = exchange();
        leaveRoom();
      }
    } catch (IOException | InterruptedException _) {
      // the client went away, or the server ends: nobody is left to tell
    } finally {
      leaveRoom();
    }
  }

  private void leaveRoom() {
    room.release(heldBytes);
    heldBytes = 0;
  }

  private boolean exchange() throws IOException, InterruptedException {
    Optional<HttpRequest> request;
    try {
      request = read();
    } catch (BadRequestException e) {
      send(HttpResponse.error(e.status), false, true);
      return false;
    }
    if (request.isEmpty()) {
      return false;
    }
    answering.set(true);
    HttpResponse response = handler.apply(request.get());
    boolean keep = request.get().isKeepAlive() && response.status() != 401;
    return switch (response) {
      case HttpResponse.Whole whole -> {
        send(whole, keep, request.get().http11());
        answering.set(false);
        yield keep;
      }
      case HttpResponse.Endless endless -> {
        answering.set(false);
        stream(endless, request.get().http11());
        yield false;
      }
    };
  }

  private void send(HttpResponse.Whole response, boolean keep, boolean http11) throws IOException {
    head(response, http11);
    header("Content-Length", Integer.toString(response.body().length));
    if (!keep) {
      header("Connection", "close");
    } else if (!http11) {
      header("Connection", "Keep-Alive");
    }
    line("");
    out.write(response.body());
    out.flush();
  }

  private void stream(HttpResponse.Endless response, boolean http11)
      throws IOException, InterruptedException {
    head(response, http11);
    if (http11) {
      header("Transfer-Encoding", "chunked");
    } else {
      header("Connection", "close");
    }
    line("");
    out.flush();
    try (HttpResponse.Source source = response.source()) {
      Thread watcher = closeWhenClientLeaves(source);
      byte[] bit = source.next();
      while (bit.length > 0) {
        if (http11) {
          line(Integer.toHexString(bit.length));
        }
        out.write(bit);
        if (http11) {
          line("");
        }
        out.flush();
        bit = source.next();
      }
      watcher.interrupt();
    }
  }

  private Thread closeWhenClientLeaves(HttpResponse.Source source) {
    return Thread.startVirtualThread(() -> {
      try {
        while (in.read() >= 0) {
          // whatever a client says now is of no interest
        }
      } catch (IOException _) {
        // gone as well
      }
      source.close();
    });
  }

  private void head(HttpResponse response, boolean http11) throws IOException {
    line(
        (http11 ? "HTTP/1.1 " : "HTTP/1.0 ")
            + response.status()
            + " "
            + HttpResponse.reason(response.status()));
    header("Server", "supervisord");
    for (var entry : response.headers().entrySet()) {
      header(entry.getKey(), entry.getValue());
    }
  }

  private void header(String name, String value) throws IOException {
    line(name + ": " + value.replaceAll("[\r\n]", " "));
  }

  private void line(String text) throws IOException {
    out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private Optional<HttpRequest> read() throws IOException, BadRequestException {
    String first = readLine();
    while (first != null && first.isEmpty()) {
      first = readLine();
    }
    if (first == null) {
      return Optional.empty();
    }
    String[] parts = first.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new BadRequestException(400);
    }
    boolean http11 = !parts[2].equals("HTTP/1.0");
    Map<String, String> headers = readHeaders();
    byte[] body = readBody(parts[0], headers);
    int question = parts[1].indexOf('?');
    try {
      String path = question < 0 ? parts[1] : parts[1].substring(0, question);
      String query = question < 0 ? "" : parts[1].substring(question + 1);
      return Optional.of(
          new HttpRequest(
              parts[0],
              HttpRequest.decoded(path.replace("+", "%2B")),
              HttpRequest.parameters(query),
              headers,
              body,
              http11));
    } catch (IllegalArgumentException _) {
      throw new BadRequestException(400);
    }
  }

  private Map<String, String> readHeaders() throws IOException, BadRequestException {
    var headers = new LinkedHashMap<String, String>();
    int lines = 0;
    for (String line = readLine(); line != null && !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (colon <= 0 || ++lines > HEADERS_MAX) {
        throw new BadRequestException(colon <= 0 ? 400 : 431);
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      String earlier = headers.put(name, value);
      if (name.equals("content-length") && earlier != null && !earlier.equals(value)) {
        throw new BadRequestException(400); // where the next request begins would be a guess
      }
    }
    return headers;
  }

  private byte[] readBody(String method, Map<String, String> headers)
      throws IOException, BadRequestException {
    String length = headers.get("content-length");
    if (length == null) {
      if (method.equals("POST") || headers.containsKey("transfer-encoding")) {
        throw new BadRequestException(411);
      }
      return new byte[0];
    }
    if (!length.matches("\\d{1,9}")) {
      throw new BadRequestException(400);
    }
    int count = Integer.parseInt(length);
    if (count > BODY_MAX) {
      throw new BadRequestException(413);
    }
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      line("HTTP/1.1 100 Continue");
      line("");
      out.flush();
    }
    heldBytes = count > BODY_SMALL ? count : 0;
    if (heldBytes > 0 && !room.tryAcquire(heldBytes)) {
      heldBytes = 0;
      throw new BadRequestException(503);
    }
    byte[] body = in.readNBytes(count);
    if (body.length < count) {
      throw new IOException("the client left in the middle of a request");
    }
    return body;
  }

  /// The next line without its end; null at the end of the input.
  private @org.jspecify.annotations.Nullable String readLine()
      throws IOException, BadRequestException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (line.size() > LINE_MAX) {
        throw new BadRequestException(431);
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
