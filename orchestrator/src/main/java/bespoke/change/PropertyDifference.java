package bespoke.change;

/// One property, or an empty property group, that is not what it was.
///
/// @param path `group/property`
/// @param before its value as text, or empty if there was none
/// @param after its value as text, or empty if there is none
/// @param need what a running instance needs for it
public record PropertyDifference(String path, String before, String after, Need need) {

  /// `config/port 80 -> 81 (restart)`.
  @Override
  public String toString() {
    String values =
        before.isEmpty() ? "+ " + after : after.isEmpty() ? "- " + before : before + " -> " + after;
    return path + " " + values + " (" + need + ")";
  }
}
