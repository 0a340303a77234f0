package bespoke.manifest.systemd;

import bespoke.model.InstanceFmri;
import java.util.Optional;

/// What units are called in SMF: `foo.service` is `svc:/systemd/foo:default`, `foo@bar.service` is
/// `svc:/systemd/foo:bar`, `foo.timer` is `svc:/systemd/timer/foo:default`.
///
/// Characters that SMF does not allow become `_`; an instance named `default` is `at-default`.
final class Fmris {

  private static final String ROOT = "systemd/";

  private Fmris() {}

  /// The instance for a unit; empty when no name can be made of it, as for a name that is too long.
  static Optional<InstanceFmri> of(UnitName name) {
    String kind = name.suffix().equals("service") ? "" : name.suffix() + "/";
    String service = ROOT + kind + component(name.prefix());
    String instance =
        name.isTemplated() ? instance(name.instance()) : InstanceFmri.DEFAULT_INSTANCE;
    try {
      return Optional.of(new InstanceFmri(service, instance));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// `foo@default.service` is not `foo.service`.
  private static String instance(String name) {
    String clean = cleaned(name, true);
    return clean.equals(InstanceFmri.DEFAULT_INSTANCE) ? "at-" + clean : clean;
  }

  private static String component(String prefix) {
    String clean = cleaned(prefix, false);
    char first = clean.isEmpty() ? '_' : clean.charAt(0);
    return Character.isLetter(first) ? clean : "unit-" + clean;
  }

  private static String cleaned(String text, boolean isInstance) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      boolean kept = letter || c == '-' || c == '_' || isInstance && c == '.';
      clean.append(kept ? c : '_');
    }
    boolean startsWell = !clean.isEmpty() && Character.isLetterOrDigit(clean.charAt(0));
    return !isInstance || startsWell ? clean.toString() : "i" + clean;
  }
}
