package bespoke.manifest.yaml;

import bespoke.manifest.Problems;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Decodes the bytes of a manifest: UTF-8, with or without a byte order mark, without control
/// characters.
public final class YamlText {

  /// What a decoder puts in place of bytes that are no UTF-8; it may also be meant.
  private static final char REPLACEMENT = '\uFFFD';

  private YamlText() {}

  /// The text, or null when it could not be decoded; the problem is noted then.
  public static @Nullable String decode(byte[] bytes, Problems problems) {
    if (isUtf16(bytes)) {
      problems.add(1, 1, "cannot read UTF-16", "save the file as UTF-8");
      return null;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0 && !isValid(bytes, problems)) {
      return null;
    }
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return hasOnlyPrintable(body, problems) ? body : null;
  }

  /// Whether all bytes are UTF-8; the first that is not is noted.
  private static boolean isValid(byte[] bytes, Problems problems) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
    if (!result.isError()) {
      return true;
    }
    Place place = Place.atEndOf(out.flip().toString());
    problems.add(
        place.line(), place.column(), "cannot read this byte as UTF-8", "save the file as UTF-8");
    return false;
  }

  private static boolean isUtf16(byte[] bytes) {
    return bytes.length >= 2
        && (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF
            || bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE);
  }

  private static boolean hasOnlyPrintable(String text, Problems problems) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7F;
      boolean strange = c == '\uFEFF' || c >= 0x80 && c < 0xA0 && c != 0x85 || c >= '\uFFFE';
      if (control || strange) {
        Place place = Place.atEndOf(text.substring(0, i));
        problems.add(
            place.line(),
            place.column(),
            "cannot read the control character U+" + hex(c),
            "remove it, or write it as an escape in double quotes");
        return false;
      }
    }
    return true;
  }

  private static String hex(char c) {
    String digits = Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT);
    return "0000".substring(digits.length()) + digits;
  }

  /// A line and column from 1.
  record Place(int line, int column) {

    static Place atEndOf(String text) {
      int line = 1;
      int start = 0;
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) == '\n') {
          line++;
          start = i + 1;
        }
      }
      return new Place(line, text.length() - start + 1);
    }
  }
}
