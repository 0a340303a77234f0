package bespoke.model;

/// The fault management resource identifier of a service or of one of its instances (smf(7),
/// "FMRIs").
///
/// The canonical form is `svc:/` + service + (`:` + instance). The local scope is never printed; a
/// foreign scope parses nowhere yet.
public sealed interface Fmri extends Entity permits InstanceFmri, ServiceFmri {

  /// The longest FMRI that is read, in characters (smf(7)).
  int LENGTH_MAX = 600;

  /// The service path, for example `network/ssh`.
  String service();

  /// The FMRI of the service: itself, or the service of the instance.
  ServiceFmri serviceFmri();

  /// Reads an FMRI; `svc:`, `//localhost` and the leading slash may be missing.
  ///
  /// @throws IllegalArgumentException if the text is no FMRI; the message says why
  static Fmri parse(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException("the FMRI is longer than " + LENGTH_MAX + " characters");
    }
    String path = stripScope(text);
    int colon = path.indexOf(':');
    if (colon < 0) {
      return new ServiceFmri(path);
    }
    return new InstanceFmri(path.substring(0, colon), path.substring(colon + 1));
  }

  private static String stripScope(String text) {
    String rest = text.startsWith("svc:") ? text.substring(4) : text;
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String scope = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      if (scope.endsWith("@localhost")) {
        scope = scope.substring(0, scope.length() - "@localhost".length());
      }
      if (!scope.isEmpty() && !scope.equals("localhost")) {
        throw new IllegalArgumentException("the scope \"" + scope + "\" is not localhost");
      }
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    return rest.startsWith("/") ? rest.substring(1) : rest;
  }
}
