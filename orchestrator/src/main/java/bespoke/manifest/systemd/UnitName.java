package bespoke.manifest.systemd;

import java.util.Optional;
import java.util.Set;

/// The name of a unit (systemd.unit(5)): `foo.service`, `foo@.service`, `foo@bar.service`.
///
/// @param prefix before `@`, or before the suffix
/// @param isTemplated whether there is an `@`
/// @param instance between `@` and the suffix; empty for a template
/// @param suffix the kind: `service`, `target`, …
record UnitName(String prefix, boolean isTemplated, String instance, String suffix)
    implements Comparable<UnitName> {

  /// systemd's own limit, in characters.
  static final int LENGTH_MAX = 255;

  /// The kinds that become services.
  static final Set<String> IMPORTED = Set.of("service", "target", "timer", "socket", "path");

  private static final Set<String> SUFFIXES =
      Set.of(
          "service",
          "target",
          "timer",
          "socket",
          "path",
          "mount",
          "automount",
          "swap",
          "slice",
          "scope",
          "device");

  /// Reads a name; empty when it is none.
  static Optional<UnitName> parse(String text) {
    int dot = text.lastIndexOf('.');
    if (dot <= 0 || text.length() > LENGTH_MAX || !isPlain(text)) {
      return Optional.empty();
    }
    String suffix = text.substring(dot + 1);
    if (!SUFFIXES.contains(suffix)) {
      return Optional.empty();
    }
    String stem = text.substring(0, dot);
    int at = stem.indexOf('@');
    if (at == 0) {
      return Optional.empty();
    }
    return Optional.of(
        at < 0
            ? new UnitName(stem, false, "", suffix)
            : new UnitName(stem.substring(0, at), true, stem.substring(at + 1), suffix));
  }

  private static boolean isPlain(String text) {
    return text.chars()
        .allMatch(c ->
            c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || ":-_.\\@".indexOf(c) >= 0);
  }

  /// Whether it stands for units that do not exist yet.
  boolean isTemplate() {
    return isTemplated && instance.isEmpty();
  }

  /// The template that this is an instance of.
  UnitName template() {
    return new UnitName(prefix, true, "", suffix);
  }

  /// An instance of this template.
  UnitName withInstance(String name) {
    return new UnitName(prefix, true, name, suffix);
  }

  /// The unit of another kind with the same name, as a timer starts.
  UnitName withSuffix(String other) {
    return new UnitName(prefix, isTemplated, instance, other);
  }

  /// The name without its suffix.
  String stem() {
    return isTemplated ? prefix + "@" + instance : prefix;
  }

  @Override
  public int compareTo(UnitName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return stem() + "." + suffix;
  }
}
