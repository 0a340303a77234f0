package bespoke.manifest.smf;

import bespoke.model.Origin;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decodes the bytes of a document by its byte order mark or XML declaration, and knows the places
/// in its text. Lines end in `\n` afterwards.
final class XmlText {

  private static final Pattern DECLARATION =
      Pattern.compile("^<\\?xml[^>]*?\\bencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");
  private static final int DECLARATION_LENGTH_MAX = 200;

  private final String file;
  private final String text;
  private final int[] lineStarts;

  private XmlText(String file, String text) {
    this.file = file;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  /// The text, or null when the bytes are not what they say they are; that is noted then.
  static @Nullable XmlText decode(String file, byte[] bytes, Findings findings) {
    Origin.File start = new Origin.File(file, 1, 1);
    String name = encoding(bytes);
    Charset charset = charset(name);
    if (charset == null) {
      findings.cannot(start, "cannot read the encoding " + name, "save the file as UTF-8");
      return null;
    }
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer out =
        CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 1);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
    XmlText decoded = new XmlText(file, plain(out.flip().toString()));
    if (result.isError()) {
      findings.cannot(
          decoded.place(decoded.text.length()),
          "cannot read this byte as " + name,
          "save the file as UTF-8, or say its encoding in the first line");
      return null;
    }
    return decoded;
  }

  private static String encoding(byte[] bytes) {
    if (bytes.length >= 2) {
      int mark = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
      if (mark == 0xFEFF || mark == 0xFFFE) {
        return "UTF-16";
      }
    }
    String head =
        new String(
            bytes, 0, Math.min(bytes.length, DECLARATION_LENGTH_MAX), StandardCharsets.ISO_8859_1);
    Matcher declared = DECLARATION.matcher(head.startsWith("ï»¿") ? head.substring(3) : head);
    return declared.find() ? declared.group(1) : "UTF-8";
  }

  private static @Nullable Charset charset(String name) {
    return Optional.of(name)
        .filter(Charset::isSupported)
        .map(Charset::forName)
        .filter(charset -> charset.canEncode())
        .orElse(null);
  }

  private static String plain(String text) {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return body.indexOf('\r') < 0 ? body : body.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static int[] lineStarts(String text) {
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      count += text.charAt(i) == '\n' ? 1 : 0;
    }
    int[] starts = new int[count];
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        starts[line++] = i + 1;
      }
    }
    return starts;
  }

  String text() {
    return text;
  }

  /// The place of a character.
  Origin.File place(int offset) {
    int at = Math.clamp(offset, 0, text.length());
    int found = java.util.Arrays.binarySearch(lineStarts, at);
    int line = found >= 0 ? found : -found - 2;
    return new Origin.File(file, line + 1, at - lineStarts[line] + 1);
  }
}
