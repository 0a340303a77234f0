package bespoke.supervisor.http;

import java.util.Optional;
import java.util.regex.Pattern;

/// Whose page made a request: a browser says where it comes from (`Sec-Fetch-Site`, `Origin`,
/// `Referer`), and a foreign page cannot make it lie. Programs say nothing of the kind.
///
/// A foreign page may also have its own name resolved to our address (DNS rebinding); then it is of
/// the same origin, but the browser names a host that is not ours. That matters only where no
/// password is asked for, since a browser has none for such a name.
final class Origin {
  /// An address, or a name that no stranger on the Internet can have.
  private static final Pattern OUR_HOST =
      Pattern.compile("(localhost|[^.:]*|[\\d.]+|\\[[0-9a-fA-F:.]+]|.*\\.localhost)(:\\d+)?");

  private final boolean asksForPassword;

  Origin(boolean asksForPassword) {
    this.asksForPassword = asksForPassword;
  }

  /// Whether a GET must not do anything. A foreign page can have a browser say nothing of where a
  /// GET comes from, so where no password is asked for, the name of the host alone decides.
  boolean isForeignGet(HttpRequest request) {
    return isForeign(request) || (!asksForPassword && !isOurHost(request));
  }

  private static boolean isOurHost(HttpRequest request) {
    return OUR_HOST.matcher(request.header("host").orElse("")).matches();
  }

  /// Whether a request must not do anything because another site's page may have made it.
  boolean isForeign(HttpRequest request) {
    Optional<String> site = request.header("sec-fetch-site");
    Optional<String> from = request.header("origin").or(() -> request.header("referer"));
    if (site.isEmpty() && from.isEmpty()) {
      return false;
    }
    String host = request.header("host").orElse("");
    boolean isOther =
        site.isPresent()
            ? !site.get().equals("same-origin") && !site.get().equals("none")
            : !from.orElse("").matches("https?://" + Pattern.quote(host) + "(/.*)?");
    return isOther || (!asksForPassword && !isOurHost(request));
  }
}
