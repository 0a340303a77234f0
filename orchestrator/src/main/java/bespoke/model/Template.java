package bespoke.model;

import java.util.List;
import java.util.Optional;

/// What a person may read about a service (smf_template(7)).
///
/// @param commonName one line
/// @param description a paragraph
/// @param documentation manual pages, then documents, in order
public record Template(
    Optional<String> commonName, Optional<String> description, List<Documentation> documentation) {

  public static final Template NONE = new Template(Optional.empty(), Optional.empty(), List.of());

  public Template {
    documentation = List.copyOf(documentation);
  }

  /// Where to read more; svcs -x prints it after `See:`.
  public sealed interface Documentation {}

  /// A manual page.
  ///
  /// @param title such as `svcs`
  /// @param section such as `1`
  /// @param manpath where it is, or empty for the usual places
  public record Manpage(String title, String section, Optional<String> manpath)
      implements Documentation {}

  /// A document on the web.
  public record Link(String name, String uri) implements Documentation {}
}
