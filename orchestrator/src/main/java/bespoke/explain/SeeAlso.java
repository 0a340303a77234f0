package bespoke.explain;

import bespoke.model.Template;

/// Where to read more, a `See:` line of svcs(1) `-x`.
public sealed interface SeeAlso {

  /// A manual page or a document.
  record Document(Template.Documentation documentation) implements SeeAlso {}

  /// A log file.
  ///
  /// @param path absolute
  record Log(String path) implements SeeAlso {}
}
