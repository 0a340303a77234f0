package bespoke.cli.render;

/// The parts of an FMRI in canonical form, as text.
public final class FmriText {

  private FmriText() {}

  /// The service name; of a legacy entry its path.
  public static String service(String fmri) {
    int colon = colon(fmri);
    return fmri.substring(start(fmri), colon < 0 ? fmri.length() : colon);
  }

  /// The instance name, or the empty string.
  public static String instance(String fmri) {
    int colon = colon(fmri);
    return colon < 0 ? "" : fmri.substring(colon + 1);
  }

  /// The FMRI of the service.
  public static String serviceFmri(String fmri) {
    int colon = colon(fmri);
    return colon < 0 ? fmri : fmri.substring(0, colon);
  }

  /// Without `svc:/`.
  public static String brief(String fmri) {
    return fmri.startsWith("svc:/") ? fmri.substring(5) : fmri;
  }

  private static int start(String fmri) {
    return fmri.startsWith("svc:/") || fmri.startsWith("lrc:/") ? 5 : 0;
  }

  private static int colon(String fmri) {
    return fmri.startsWith("svc:/") ? fmri.indexOf(':', 5) : -1;
  }
}
