package bespoke.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IniParserTest {
  private static String value(String text, String section, String key) throws Exception {
    return IniParser.parse(text, "f").value(section, key).orElseThrow().text();
  }

  @Test
  void keysIgnoreCaseAndValuesMayFollowAColon() throws Exception {
    assertThat(value("[program:x]\nCommand : /bin/cat\n", "program:x", "command"))
        .isEqualTo("/bin/cat");
  }

  @Test
  void anIndentedLineContinuesTheValue() throws Exception {
    assertThat(value("[a]\nk = one\n  two ; comment\n", "a", "k")).isEqualTo("one\ntwo");
  }

  @Test
  void aSemicolonStartsACommentOnlyAfterWhiteSpace() throws Exception {
    assertThat(value("[a]\nk = x;y ;z\n", "a", "k")).isEqualTo("x;y");
  }

  @Test
  void aRepeatedSectionIsMergedAndTheLaterValueWins() throws Exception {
    String text = "[a]\nk=1\nj=2\n[a]\nk=3\n";
    assertThat(value(text, "a", "k")).isEqualTo("3");
    assertThat(value(text, "a", "j")).isEqualTo("2");
  }

  @Test
  void everyJunkLineIsReportedWithItsNumber() {
    assertThatThrownBy(() -> IniParser.parse("[a]\njunk\nk=1\nmore junk\n", "f.conf"))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> {
              assertThat(e.problems()).hasSize(2);
              assertThat(e.getMessage()).contains("f.conf", "line: 2", "line: 4");
            });
  }

  @Test
  void anOptionBeforeAnySectionIsRefused() {
    assertThatThrownBy(() -> IniParser.parse("k=1\n", "f")).hasMessageContaining("no section");
  }

  @Test
  void randomTextIsReadOrRefusedButNeverBreaksTheReader() {
    String alphabet = "[]=:;# \t\nab%\"'\\";
    for (long seed = 0; seed < 2000; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder();
      int length = random.nextInt(80);
      for (int i = 0; i < length; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Ini ini = IniParser.parse(text.toString(), "seed " + seed);
        assertThat(ini.sectionNames()).doesNotContain("");
      } catch (ConfigurationException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }
}
