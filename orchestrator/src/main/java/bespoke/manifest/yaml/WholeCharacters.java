package bespoke.manifest.yaml;

import java.io.IOException;
import java.io.StringReader;

/// Reads a text in pieces that never end between the two halves of a character beyond U+FFFF.
///
/// SnakeYAML Engine's reader completes such a half beyond the end of its own buffer and fails with
/// an `IndexOutOfBoundsException`.
public final class WholeCharacters extends StringReader {

  /// @param text whole
  public WholeCharacters(String text) {
    super(text);
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    if (length > 1) {
      int count = super.read(into, offset, length - 1);
      boolean isHalf = count > 0 && Character.isHighSurrogate(into[offset + count - 1]);
      int rest = isHalf ? super.read(into, offset + count, 1) : 0;
      return rest > 0 ? count + rest : count;
    }
    return super.read(into, offset, length);
  }
}
