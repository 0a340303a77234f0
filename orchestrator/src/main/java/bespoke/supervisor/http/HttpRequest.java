package bespoke.supervisor.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request with its whole body.
///
/// @param path decoded, without the query
/// @param query decoded parameters, in order
/// @param headers names in lower case
/// @param http11 whether the client speaks HTTP/1.1
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying bodies costs
public record HttpRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body,
    boolean http11) {

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /// Whether the connection stays open after the answer.
  public boolean isKeepAlive() {
    String connection = header("connection").orElse("").toLowerCase(Locale.ROOT);
    return http11 ? !connection.contains("close") : connection.contains("keep-alive");
  }

  /// The parameters of a query or form: `a=1&b=2`.
  ///
  /// @throws IllegalArgumentException for a broken percent sequence
  static Map<String, String> parameters(String text) {
    var parameters = new LinkedHashMap<String, String>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        parameters.put(
            decoded(equals < 0 ? pair : pair.substring(0, equals)),
            decoded(equals < 0 ? "" : pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
