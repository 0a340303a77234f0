package bespoke.manifest.scenario;

/// Where something stands in a scenario.
///
/// @param file as the person named it
/// @param line from 1
/// @param column from 1
public record Place(String file, int line, int column) {

  /// `FILE:LINE:COLUMN`.
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
