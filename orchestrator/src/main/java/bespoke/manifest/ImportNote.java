package bespoke.manifest;

/// One line of the report of an import: what became of one construct of a foreign description.
///
/// @param fidelity how much of it survives
/// @param file as the person named it
/// @param line from 1
/// @param column from 1, in characters
/// @param construct in the words of its format: `Restart=`, `<method_credential>`, `depends_on`
/// @param text what it became, how it differs or why it was left out; empty for what is plainly
///   exact
public record ImportNote(
    Fidelity fidelity, String file, int line, int column, String construct, String text) {

  /// `FILE:LINE:COLUMN: fidelity: construct: text`.
  @Override
  public String toString() {
    String head = file + ":" + line + ":" + column + ": " + fidelity.word() + ": " + construct;
    return text.isEmpty() ? head : head + ": " + text;
  }
}
