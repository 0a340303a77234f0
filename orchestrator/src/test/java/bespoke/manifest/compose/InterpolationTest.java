package bespoke.manifest.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {
  private final List<String> said = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "plain                  | plain        | ''",
        "a $SET b               | a value b    | ''",
        "${SET}                 | value        | ''",
        "${UNSET:-x}            | x            | ''",
        "${EMPTY:-x}${EMPTY-y}  | x            | ''",
        "${UNSET-x${SET}}       | xvalue       | ''",
        "${SET:+yes}            | yes          | ''",
        "${UNSET:+yes}          | ''           | ''",
        "$$HOME $$$$            | $HOME $$     | ''",
        "price 5$               | price 5$     | ''",
        "$UNSET                 | ''           | unset UNSET",
        "${SET:?no}             | value        | ''",
        "${UNSET:?set it}       | ''           | cannot go on without the variable UNSET: set it",
        "${SET                  | ''           | cannot find the } of \"${SET\"",
        "${}                    | ''           | cannot read \"${}\" as a variable",
        "${SET!x}               | ''           | cannot read \"${SET!x}\" as a variable",
      })
  void variablesAreReplacedAsComposeDoes(String text, String expected, String problem) {
    var interpolation = new Interpolation(Map.of("SET", "value", "EMPTY", ""));
    String out =
        interpolation.replace(
            text,
            new Interpolation.Listener() {
              @Override
              public void problem(String message, String hint) {
                said.add(message);
              }

              @Override
              public void unset(String name) {
                said.add("unset " + name);
              }
            });
    assertThat(out).isEqualTo(expected);
    assertThat(String.join(", ", said)).isEqualTo(problem);
  }
}
