package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @Test
  void aSimpleCommandIsTakenApart() {
    assertThat(CommandLine.arguments("  /bin/x  -a 'b c' \"d \\\" \\x\" e\\ f\\\ng ''  "))
        .containsExactly("/bin/x", "-a", "b c", "d \" \\x", "e fg", "");
  }

  @Test
  void charactersThatMeanNothingInTheMiddleOfAWordAreOrdinary() {
    assertThat(CommandLine.arguments("x a=b c#d e~f %g {h} !i"))
        .containsExactly("x", "a=b", "c#d", "e~f", "%g", "{h}", "!i");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a && b",
        "a; b",
        "a | b",
        "a > f",
        "a < f",
        "a $B",
        "a \"$B\"",
        "a `b`",
        "a \"`b`\"",
        "a *",
        "a ?",
        "a [b]",
        "a ~/b",
        "a # b",
        "A=b c",
        "exec a",
        "cd /",
        "if a",
        "! a",
        "( a )",
        "a\nb",
        "a 'b",
        "a \"b",
        "a \\",
        ""
      })
  void shellSyntaxGoesToTheShellWhole(String text) {
    assertThat(CommandLine.words(text)).isEmpty();
  }

  @Test
  void theShellGetsTheTextUnchanged() {
    assertThat(CommandLine.arguments("a && b")).containsExactly("/bin/sh", "-c", "a && b");
  }
}
