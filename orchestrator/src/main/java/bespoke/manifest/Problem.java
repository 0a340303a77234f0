package bespoke.manifest;

/// One mistake in a manifest, with its place and what to do about it.
///
/// @param file as the person named it
/// @param line from 1
/// @param column from 1, in characters
/// @param message begins with "cannot"
/// @param hint what to do, or empty
public record Problem(String file, int line, int column, String message, String hint)
    implements Comparable<Problem> {

  /// `FILE:LINE:COLUMN: cannot …; hint`.
  @Override
  public String toString() {
    String place = file + ":" + line + ":" + column + ": " + message;
    return hint.isEmpty() ? place : place + "; " + hint;
  }

  @Override
  public int compareTo(Problem other) {
    int byFile = file.compareTo(other.file);
    int byLine = Integer.compare(line, other.line);
    int byColumn = Integer.compare(column, other.column);
    if (byFile != 0) {
      return byFile;
    }
    if (byLine != 0) {
      return byLine;
    }
    return byColumn != 0 ? byColumn : message.compareTo(other.message);
  }
}
