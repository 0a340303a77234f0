package bespoke.supervisor.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// HTTP basic authentication (RFC 7617) with one user name and password.
public final class BasicAuthentication {
  private static final String SHA_PREFIX = "{SHA}";

  private final String username;
  private final String password;

  /// @param password clear text, or `{SHA}` and the hexadecimal SHA-1 of it
  public BasicAuthentication(String username, String password) {
    this.username = username;
    this.password = password;
  }

  /// Whether a request carries the right name and password. Takes the same time for every guess.
  public boolean accepts(HttpRequest request) {
    Optional<String> given = request.header("authorization").flatMap(BasicAuthentication::decoded);
    String pair = given.orElse(":");
    int colon = pair.indexOf(':');
    boolean rightName = same(pair.substring(0, Math.max(colon, 0)), username);
    String guess = pair.substring(colon + 1);
    boolean rightPassword =
        password.startsWith(SHA_PREFIX)
            ? same(sha1(guess), password.substring(SHA_PREFIX.length()).toLowerCase(Locale.ROOT))
            : same(guess, password);
    return given.isPresent() && colon >= 0 && rightName && rightPassword;
  }

  /// The answer to a request that is not accepted.
  static HttpResponse challenge() {
    return new HttpResponse.Whole(
        401,
        Map.of("WWW-Authenticate", "Basic realm=\"default\"", "Content-Type", "text/html"),
        "<html><head><title>401 Unauthorized</title></head></html>\n"
            .getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> decoded(String header) {
    if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    try {
      byte[] pair = Base64.getDecoder().decode(header.substring(6).strip());
      return Optional.of(new String(pair, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha1(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
