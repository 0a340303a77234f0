package bespoke.model;

/// What a dependency can name: an instance, a service (any of its instances) or a file.
public sealed interface Entity permits Fmri, FileFmri {

  /// The canonical text, for example `svc:/site/web:default` or `file://localhost/etc/web.conf`.
  @Override
  String toString();

  /// Reads an entity as a dependency writes it: `svc:/…` in full, `file:…`, or the service path
  /// alone.
  ///
  /// @throws IllegalArgumentException if the text is neither; the message says what is wrong with
  ///   it
  static Entity parse(String text) {
    return text.startsWith("file:") ? FileFmri.parse(text) : Fmri.parse(text);
  }
}
