package bespoke.manifest;

import java.nio.file.Path;

/// A file that is offered for import, with its content.
///
/// @param name as the person named it, or below the directory that was named
/// @param bytes its content; not to be changed by anybody; empty for a link that leads nowhere
/// @param linkTarget where it points if it is a symbolic link, as in systemd's `.wants`
///   directories; else empty
/// @param companion whether it only came along because another file may need it (an include, a
///   drop-in, an environment file); by itself it is never imported
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
public record SourceFile(String name, byte[] bytes, String linkTarget, boolean companion) {

  /// A file that somebody named.
  public SourceFile(String name, byte[] bytes, String linkTarget) {
    this(name, bytes, linkTarget, false);
  }

  /// A file that is no link.
  public SourceFile(String name, byte[] bytes) {
    this(name, bytes, "", false);
  }

  /// The last component of the name.
  public String baseName() {
    Path last = Path.of(name).getFileName();
    return last == null ? name : last.toString();
  }
}
