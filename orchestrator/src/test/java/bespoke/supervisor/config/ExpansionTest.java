package bespoke.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpansionTest {
  private final Expansion names =
      Expansion.empty()
          .with("process_num", 7)
          .with("program_name", "web")
          .withEnvironment(Map.of("HOME", "/root%s"));

  @Test
  void numbersArePaddedAsPythonDoes() throws Exception {
    assertThat(names.expand("%(process_num)02d %(process_num)-3d| %(process_num)s", "o"))
        .isEqualTo("07 7  | 7");
  }

  @Test
  void aDoubledPercentSignIsOne() throws Exception {
    assertThat(names.expand("50%%", "o")).isEqualTo("50%");
  }

  @Test
  void valuesAreNotExpandedAgain() throws Exception {
    assertThat(names.expand("%(ENV_HOME)s", "o")).isEqualTo("/root%s");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> names.expand("%(nope)s", "program:x.command"))
        .hasMessageContaining("nope")
        .hasMessageContaining("program:x.command")
        .hasMessageContaining("program_name");
  }

  @Test
  void aLonePercentSignIsRefused() {
    assertThatThrownBy(() -> names.expand("date +%Y", "o")).hasMessageContaining("%Y");
  }

  @Test
  void aHugeWidthIsRefused() {
    assertThatThrownBy(() -> names.expand("%(process_num)999999999d", "o"))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void randomFormatsAreExpandedOrRefused() {
    String alphabet = "%()sd0123-+ #xprocess_num";
    for (long seed = 0; seed < 2000; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder();
      int length = random.nextInt(30);
      for (int i = 0; i < length; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        assertThat(names.expand(text.toString(), "seed " + seed)).isNotNull();
      } catch (ConfigurationException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }
}
