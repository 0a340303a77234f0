package bespoke.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {

  @Test
  void everyKindOfValueIsRead() {
    JsonObject object =
        parse(
            " { \"t\" : \"a\\u00fc\\n\\/\\\"ü\", \"n\":-12,\"f\":true,\"o\":{\"l\":[1,2]},\"e\":[]}"
                + " ");
    assertThat(object.text("t")).isEqualTo("aü\n/\"ü");
    assertThat(object.number("n")).isEqualTo(-12);
    assertThat(object.flag("f")).isTrue();
    assertThat(object.object("o").numbers("l")).containsExactly(1L, 2L);
    assertThat(object.texts("e")).isEmpty();
    assertThat(object.firstName()).isEqualTo("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "\"a\"",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1}x",
        "{\"a\":1.5}",
        "{\"a\":1e3}",
        "{\"a\":01}",
        "{\"a\":-}",
        "{\"a\":null}",
        "{\"a\":tru}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":\"x}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":[1 2]}",
        "{\"a\":1234567890123456789}",
        "{a:1}",
        "{\"a\":[}"
      })
  void whatIsNoObjectOfTheProtocolIsRefused(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("at byte");
  }

  @Test
  void nestingAndFieldsAreBounded() {
    assertThatThrownBy(() -> parse("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("deeper");
    StringBuilder many = new StringBuilder("{\"f0\":1");
    for (int i = 1; i <= JsonReader.FIELDS_MAX; i++) {
      many.append(",\"f").append(i).append("\":1");
    }
    assertThatThrownBy(() -> parse(many + "}")).hasMessageContaining("more than");
  }

  @Test
  void randomBytesAreEitherReadOrRefusedButNeverAnythingElse() {
    long seed = 25;
    Random random = new Random(seed);
    byte[] alphabet = "{}[]\":,\\u0tf1-e. \n\u0000é".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] text = new byte[random.nextInt(24)];
      for (int i = 0; i < text.length; i++) {
        text[i] = alphabet[random.nextInt(alphabet.length)];
      }
      if (text.length > 0) {
        text[0] = '{';
      }
      try {
        JsonObject.parse(text);
      } catch (JsonException e) {
        assertThat(e.getMessage()).as("seed %s round %s", seed, round).isNotEmpty();
      }
    }
  }

  @Test
  void theWireLeavesOutWhatIsEmptyAndACompleteDocumentDoesNot() {
    assertThat(fields(JsonWriter.forWire())).isEqualTo("{\"c\":\"x\"}");
    assertThat(fields(JsonWriter.complete())).isEqualTo("{\"a\":\"\",\"b\":0,\"c\":\"x\"}");
  }

  private static String fields(JsonWriter out) {
    out.beginObject().field("a", "").field("b", 0).field("c", "x").endObject();
    return out.toString();
  }

  private static JsonObject parse(String text) {
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
