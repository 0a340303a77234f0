package bespoke.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestReaderTest {

  @Test
  void aRequestOfAnotherVersionIsRefusedWithBothVersions() {
    assertThatThrownBy(() -> read("{\"version\":7,\"op\":\"ping\"}"))
        .isInstanceOfSatisfying(
            RefusedRequest.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.VERSION);
              assertThat(e.outcome().messages().getFirst()).contains("version 1").contains("not 7");
            });
  }

  @Test
  void anUnknownOperationIsNotAvailableAndNamed() {
    assertThatThrownBy(() -> read("{\"version\":1,\"op\":\"fly\"}"))
        .isInstanceOfSatisfying(
            RefusedRequest.class, e -> assertThat(e.outcome().error()).isEqualTo("not_available"))
        .hasMessageContaining("\"fly\"");
  }

  @Test
  void aFieldOfTheWrongTypeIsABadRequest() {
    assertThatThrownBy(() -> read("{\"version\":1,\"op\":\"list\",\"operands\":7}"))
        .isInstanceOfSatisfying(
            RefusedRequest.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BAD_REQUEST))
        .hasMessageContaining("operands");
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    assertThat(read("{\"version\":1,\"op\":\"ping\",\"mood\":\"good\"}"))
        .isEqualTo(new Request.Ping());
  }

  private static Request read(String line) throws RefusedRequest {
    return RequestReader.read(line.getBytes(StandardCharsets.UTF_8));
  }
}
