package bespoke.supervisor.log;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.supervisor.config.LogFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineFormatterTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00.123Z");

  private static LineFormatter formatter(LogFormat format) {
    return new LineFormatter(format, "shop", "web", "stderr");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }

  @Test
  void rawOutputIsLeftAsItIs() {
    byte[] data = {0, 1, (byte) 0xff, '\n', 7};
    LineFormatter raw = formatter(LogFormat.RAW);
    assertThat(raw.feed(data, NOON, 1)).isEqualTo(data);
    assertThat(raw.flush(1)).isEmpty();
  }

  @Test
  void eachLineBearsItsTime() {
    assertThat(text(formatter(LogFormat.TIME).feed(bytes("one\n\ntwo\n"), NOON, 1)))
        .isEqualTo(
            """
            2026-11-26T12:00:00.123Z one
            2026-11-26T12:00:00.123Z\s
            2026-11-26T12:00:00.123Z two
            """);
  }

  @Test
  void namedLinesSayWhoseTheyAre() {
    assertThat(text(formatter(LogFormat.NAMED).feed(bytes("one\n"), NOON, 1)))
        .isEqualTo("2026-11-26T12:00:00.123Z shop:web stderr one\n");
  }

  @Test
  void aJsonLineIsAnObjectWithEverythingThatIsKnown() {
    assertThat(text(formatter(LogFormat.JSON).feed(bytes("a \"b\"\u0001\n\n"), NOON, 42)))
        .isEqualTo(
            """
            {"time":"2026-11-26T12:00:00.123Z","group":"shop","process":"web","pid":42,"stream":"stderr","message":"a \\"b\\"\\u0001"}
            {"time":"2026-11-26T12:00:00.123Z","group":"shop","process":"web","pid":42,"stream":"stderr","message":""}
            """);
  }

  @Test
  void aLineInPiecesBearsTheTimeOfItsFirst() {
    LineFormatter lines = formatter(LogFormat.TIME);
    assertThat(lines.feed(bytes("be"), NOON, 1)).isEmpty();
    assertThat(text(lines.feed(bytes("gun\nre"), NOON.plusSeconds(60), 1)))
        .isEqualTo("2026-11-26T12:00:00.123Z begun\n");
    assertThat(text(lines.flush(1))).isEqualTo("2026-11-26T12:01:00.123Z re\n");
    assertThat(lines.flush(1)).isEmpty();
  }

  @Test
  void aLineWithoutEndIsWrittenInPieces() {
    LineFormatter lines = formatter(LogFormat.TIME);
    byte[] out = lines.feed(new byte[3 * LineFormatter.LINE_BYTES_MAX], NOON, 1);
    assertThat(text(out).lines()).hasSize(3);
    assertThat(lines.flush(1)).isEmpty();
  }

  @Test
  void howOutputIsCutIntoReadsDoesNotMatter() {
    var random = new Random(1);
    for (int round = 0; round < 200; round++) {
      var text = new byte[random.nextInt(200)];
      for (int i = 0; i < text.length; i++) {
        text[i] = (byte) (random.nextInt(8) == 0 ? '\n' : random.nextInt(256));
      }
      LineFormatter whole = formatter(LogFormat.NAMED);
      LineFormatter cut = formatter(LogFormat.NAMED);
      var expected = new ByteArrayOutputStream();
      expected.writeBytes(whole.feed(text, NOON, 1));
      expected.writeBytes(whole.flush(1));
      var found = new ByteArrayOutputStream();
      for (int at = 0; at < text.length; ) {
        int end = Math.min(text.length, at + 1 + random.nextInt(20));
        found.writeBytes(cut.feed(java.util.Arrays.copyOfRange(text, at, end), NOON, 1));
        at = end;
      }
      found.writeBytes(cut.flush(1));
      assertThat(found.toByteArray()).as("round %d", round).isEqualTo(expected.toByteArray());
    }
  }
}
