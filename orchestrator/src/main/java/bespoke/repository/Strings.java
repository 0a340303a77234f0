package bespoke.repository;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Shares equal texts while thousands of services are read: names, types and paths repeat.
///
/// A bounded table that forgets: a text that is found again is shared, one that was pushed out is
/// made anew. For one thread.
final class Strings {

  private static final int SLOTS = 8192;
  private static final int LENGTH_MAX = 120;

  private final byte[] @Nullable [] keys = new byte[SLOTS] @Nullable [];
  private final @Nullable String[] texts = new @Nullable String[SLOTS];

  /// The text that these bytes encode in UTF-8.
  String text(byte[] bytes, int from, int length) {
    if (length > LENGTH_MAX) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    int slot = slot(bytes, from, length);
    String known = texts[slot];
    byte[] key = keys[slot];
    if (known != null
        && key != null
        && Arrays.equals(key, 0, key.length, bytes, from, from + length)) {
      return known;
    }
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    keys[slot] = Arrays.copyOfRange(bytes, from, from + length);
    texts[slot] = text;
    return text;
  }

  private static int slot(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash ^ hash >>> 13) & SLOTS - 1;
  }
}
