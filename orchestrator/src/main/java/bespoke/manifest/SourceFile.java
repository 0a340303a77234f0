package bespoke.manifest;

/// A file that is offered for import, with its content.
///
/// @param name as the person named it, or below the directory that was named
/// @param bytes its content; not to be changed by anybody
/// @param linkTarget where it points if it is a symbolic link, as in systemd's `.wants`
///   directories; else empty
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
public record SourceFile(String name, byte[] bytes, String linkTarget) {

  /// A file that is no link.
  public SourceFile(String name, byte[] bytes) {
    this(name, bytes, "");
  }
}
