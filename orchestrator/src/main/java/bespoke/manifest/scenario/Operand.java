package bespoke.manifest.scenario;

/// Instances as a person names them: an FMRI, an abbreviation or a glob.
///
/// @param text as written
/// @param place where
public record Operand(String text, Place place) {

  /// As written.
  @Override
  public String toString() {
    return text;
  }
}
