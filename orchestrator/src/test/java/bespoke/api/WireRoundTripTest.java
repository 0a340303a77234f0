package bespoke.api;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.json.JsonObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireRoundTripTest {

  static Stream<Class<?>> requests() {
    return kinds(Request.class);
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(WireRoundTripTest::kinds)
        : Stream.of(type);
  }

  static Stream<Class<?>> replies() {
    // the table is text behind a line, which nobody makes a record of again
    return Arrays.stream(Reply.class.getPermittedSubclasses()).filter(t -> t != TableRecord.class);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestIsReadAsItWasWritten(Class<?> type) throws Exception {
    Request request = (Request) sample(type);
    assertThat(RequestReader.read(request.toLine())).isEqualTo(request);
    assertThat(request.op()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("replies")
  void aReplyIsReadAsItWasWritten(Class<?> type) throws Exception {
    Reply reply = (Reply) sample(type);
    JsonObject line = JsonObject.parse(reply.toLine());
    assertThat(line.firstName()).isEqualTo(reply.kind());
    Object read = type.getMethod("from", JsonObject.class).invoke(null, line.object(reply.kind()));
    assertThat(read).isEqualTo(reply);
  }

  @ParameterizedTest
  @MethodSource("replies")
  void aReplyWithoutFieldsReadsAsEmpty(Class<?> type) throws Exception {
    JsonObject empty = JsonObject.parse(bytes("{}"));
    assertThat(type.getMethod("from", JsonObject.class).invoke(null, empty)).isNotNull();
  }

  private static Object sample(Class<?> type) throws Exception {
    if (type == SourceText.class) { // what is no UTF-8 travels as Base64
      return SourceText.of("a \"name\"", new byte[] {(byte) 0xff, 0, 'x'}, "link", true);
    }
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(components[i].getGenericType(), components[i].getName());
    }
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private static Object value(Type type, String name) throws Exception {
    if (type == String.class) {
      return name + " \"quoted\" ü\n\u0001 𝄞 \\";
    }
    if (type == long.class || type == Long.class) {
      return 1_700_000_000_000L + name.hashCode();
    }
    if (type == int.class) {
      return -name.hashCode();
    }
    if (type == boolean.class) {
      return true;
    }
    if (type instanceof ParameterizedType list) {
      Type element = list.getActualTypeArguments()[0];
      return List.of(value(element, name + 1), value(element, name + 2));
    }
    return type == Request.class ? new Request.Ping() : sample((Class<?>) type);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
