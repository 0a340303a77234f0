package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class WarmUpTest {
  static final Iterable<String> NAMES = WarmUp.NATIVE;

  @ParameterizedTest
  @FieldSource("NAMES")
  void whatIsWarmedUpExists(String name) {
    assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException();
  }
}
