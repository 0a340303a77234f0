package bespoke.supervisor.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer.
public sealed interface HttpResponse {
  int status();

  Map<String, String> headers();

  /// An answer that is there as a whole.
  @SuppressWarnings("ArrayRecordComponent") // never compared, and copying bodies costs
  record Whole(int status, Map<String, String> headers, byte[] body) implements HttpResponse {
    public Whole {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
  }

  /// An answer that comes bit by bit until the client goes away.
  record Endless(Map<String, String> headers, Source source) implements HttpResponse {
    public Endless {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    @Override
    public int status() {
      return 200;
    }
  }

  /// Gives the bits of an endless answer.
  interface Source extends AutoCloseable {
    /// The next bit; waits for it. An empty one means the end.
    byte[] next() throws IOException, InterruptedException;

    @Override
    void close();
  }

  static Whole of(int status, String contentType, String text) {
    return new Whole(
        status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
  }

  /// An error with its text as the page.
  static Whole error(int status) {
    return of(
        status,
        "text/html",
        "<head><title>Error response</title></head><body><h1>Error response</h1><p>Error code "
            + status
            + ": "
            + reason(status)
            + ".</p></body>\n");
  }

  /// The words of a status line.
  static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 301 -> "Moved Permanently";
      case 303 -> "See Other";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 411 -> "Length Required";
      case 413 -> "Payload Too Large";
      case 503 -> "Service Unavailable";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      default -> "Status " + status;
    };
  }
}
