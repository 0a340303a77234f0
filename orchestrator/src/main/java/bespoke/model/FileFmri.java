package bespoke.model;

/// A file or directory that a service depends on: `file://localhost/etc/web.conf` (smf(7)).
///
/// @param path absolute, without `.` or `..` as a component
public record FileFmri(String path) implements Entity, Comparable<FileFmri> {

  /// @throws IllegalArgumentException if the path is not absolute, too long or climbs
  public FileFmri {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path \"" + path + "\" is not absolute");
    }
    if (path.length() > 4095 || path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the path is longer than 4095 characters or holds a NUL");
    }
    for (String component : path.split("/")) {
      if (component.equals("..")) {
        throw new IllegalArgumentException("the path \"" + path + "\" holds \"..\"");
      }
    }
  }

  /// Reads `file:/p`, `file:///p`, `file://localhost/p`, or a bare absolute path.
  ///
  /// @throws IllegalArgumentException if it is none of these
  public static FileFmri parse(String text) {
    if (!text.startsWith("file:")) {
      return new FileFmri(text);
    }
    String rest = text.substring("file:".length());
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String host = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      if (!host.isEmpty() && !host.equals("localhost")) {
        throw new IllegalArgumentException("the host \"" + host + "\" is not localhost");
      }
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    return new FileFmri(rest);
  }

  @Override
  public int compareTo(FileFmri other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return "file://localhost" + path;
  }
}
