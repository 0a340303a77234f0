package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Files of variables, as systemd.exec(5) describes them under `EnvironmentFile=`.
final class VariablesTextTest {

  @Test
  void aValueGoesToTheEndOfTheLineAndLosesTheBlanksAroundIt() {
    assertThat(VariablesText.entries("OPTS = -a  -b \n# no\n;no\n\nX=1\r\nY="))
        .containsExactly("OPTS=-a  -b", "X=1", "Y=");
  }

  @Test
  void quotesAreTakenOffAndNothingIsExpanded() {
    assertThat(
            VariablesText.entries(
                "A=\"-x 'y' $HOME\"\nB='a\"b\\n'\nC=a\"b c\"d\nD=\"q\\\"\\$\\z\""))
        .containsExactly("A=-x 'y' $HOME", "B=a\"b\\n", "C=ab cd", "D=q\"$\\z");
  }

  @Test
  void valuesMayGoOverSeveralLines() {
    assertThat(VariablesText.entries("A=one\\\n two\nB=\"x\ny\"\nC='p\nq'"))
        .containsExactly("A=one two", "B=x\ny", "C=p\nq");
  }

  @Test
  void whatIsNoAssignmentIsLeftOut() {
    assertThat(VariablesText.entries("export A=1\n1B=2\nC\n=3\nD=4\n")).containsExactly("D=4");
  }

  @Test
  void anyTextIsReadToItsEnd() {
    Random random = new Random(17);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append("A=\"'\\\n #;$x \t\0".charAt(random.nextInt(14)));
      }
      for (String entry : VariablesText.entries(text.toString())) {
        assertThat(entry).matches("(?s)[A-Za-z_][A-Za-z0-9_]*=[^\0]*");
      }
    }
  }
}
