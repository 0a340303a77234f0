package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.InstanceFmri;
import bespoke.model.ServiceFmri;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  private static final InstanceFmri INSTANCE = InstanceFmri.parse("t/NAME");

  private final FakeConfiguration configuration = new FakeConfiguration();
  private final Tokens tokens = new Tokens(configuration);

  private String expand(String text) {
    return switch (tokens.expand(text, INSTANCE, "start", Quoting.SHELL)) {
      case Expansion.Expanded(String expanded) -> expanded;
      case Expansion.Refused(String reason) -> "refused: " + reason;
    };
  }

  @Test
  void lettersNameTheInstance() {
    assertThat(expand("/x %m %s %i %f %r %%"))
        .isEqualTo("/x start t/NAME default svc:/t/NAME:default svc.startd %");
  }

  @Test
  void aPropertyWithoutAGroupIsOneOfTheApplication() {
    configuration.running(INSTANCE, "application/port", "80");
    assertThat(expand("%{port} %{application/port}")).isEqualTo("80 80");
  }

  @Test
  void listsAreSeparatedAsTheTokenSays() {
    configuration.running(INSTANCE, "config/list", "a", "b");
    assertThat(expand("%{config/list}|%{config/list,}|%{config/list:}")).isEqualTo("a b|a,b|a:b");
    assertThat(expand("%{config/list,:-x}|%{config/list::-x}")).isEqualTo("a,b|a:b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b;c$D\"",
        "$(id)",
        "`id`",
        "it's",
        "*",
        "a\nb",
        "~root",
        "#no comment",
        "x\\",
        "|&<>(){}[]!^",
        "'; rm -rf / #",
        "é ü",
        "a\tb",
        "\"$(id)\"",
        "A=b"
      })
  void aValueIsOneWordWhereverItStands(String value) {
    configuration.running(INSTANCE, "config/v", value);
    assertThat(CommandLine.words(expand("cmd %{config/v} x"))).contains(List.of("cmd", value, "x"));
    assertThat(CommandLine.words(expand("cmd \"%{config/v}\" x")))
        .contains(List.of("cmd", value, "x"));
    assertThat(CommandLine.words(expand("cmd '%{config/v}' x")))
        .contains(List.of("cmd", value, "x"));
    assertThat(CommandLine.words(expand("cmd --a=%{config/v}.b")))
        .contains(List.of("cmd", "--a=" + value + ".b"));
  }

  @Test
  void aValueThatNeedsQuotingIsRefusedWhereNoQuotingIsRight() {
    configuration.running(INSTANCE, "config/bad", "$(id)").running(INSTANCE, "config/good", "80");
    for (String text :
        List.of(
            "echo \"$(echo %{P})\"",
            "echo `echo %{P}`", "cat <<E\n%{P}\nE", "echo ${A:-%{P}}", "echo $'%{P}'")) {
      assertThat(expand(text.replace("P", "config/bad"))).startsWith("refused: the value of");
      assertThat(expand(text.replace("P", "config/good")))
          .isEqualTo(text.replace("%{P}", "80").replace("P", "config/good"));
    }
  }

  @Test
  void aPlainShellVariableBeforeATokenIsNoObstacle() {
    configuration.running(INSTANCE, "config/v", "a b");
    assertThat(expand("exec ${HOME}/x \"${HOME} %{config/v}\" # it's\necho %{config/v}"))
        .isEqualTo("exec ${HOME}/x \"${HOME} a b\" # it's\necho a\\ b");
  }

  @Test
  void aPropertyWithoutValuesIsNothing() {
    configuration.running(INSTANCE, "config/none");
    assertThat(expand("x %{config/none}y")).isEqualTo("x y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "%{missing}; refused: property \"missing\" not found",
        "%{a/b}; refused: property \"a/b\" not found",
        "%q; refused: unknown method token \"%q\"",
        "a %{x; refused: cannot parse \"%{x\": it lacks a }",
        "%{}; refused: cannot parse \"%{}\": it names no property",
        "%{svc:/t/o:properties/a}; refused: cannot parse \"svc:/t/o:properties/a\": it names no"
            + " group/property",
        "%{svc:/t/o:default/:properties/a/b}; refused: svc:/t/o:default has no running"
            + " configuration",
        "%{p:?set the port}; refused: property \"p\": set the port",
        "%{p:?}; refused: property \"p\": not set",
        "tail %; tail "
      })
  void mistakesAreSaid(String text, String expected) {
    assertThat(expand(text).strip()).isEqualTo(expected.strip());
  }

  @Test
  void defaultsStandInForWhatIsNotSetOrEmpty() {
    configuration
        .running(INSTANCE, "config/set", "v")
        .running(INSTANCE, "config/empty", "")
        .running(INSTANCE, "config/none");
    assertThat(expand("%{config/set:-d} %{config/empty:-d} %{config/none:-d} %{no:-d} %{no:-}|"))
        .isEqualTo("v d d d |");
    assertThat(expand("%{config/set:+-x} %{config/empty:+-x} %{no:+-x}|")).isEqualTo("-x  |");
    assertThat(expand("%{config/set:?m}")).isEqualTo("v");
    assertThat(expand("%{config/empty:?m}")).isEqualTo("refused: property \"config/empty\": m");
  }

  @Test
  void aDefaultMayHoldTokensAndShellVariables() {
    configuration.running(INSTANCE, "config/b", "x y");
    assertThat(expand("%{a:-%{config/b:-no}} ${H:-%{c:-${D}}}|")).isEqualTo("x\\ y ${H:-${D}}|");
    assertThat(expand("%{config/b:+--opt %{config/b}}")).isEqualTo("--opt x\\ y");
  }

  @Test
  void whatReplacesATokenIsNotLookedAtAgain() {
    configuration.running(INSTANCE, "config/v", "%{port}%s");
    assertThat(tokens.expand("%{config/v}", INSTANCE, "start", Quoting.NONE))
        .isEqualTo(new Expansion.Expanded("%{port}%s"));
  }

  @Test
  void theRunningConfigurationWinsAndTheEditedOneFillsIn() {
    configuration
        .running(INSTANCE, "config/a", "old")
        .editing(INSTANCE, "config/a", "new")
        .editing(INSTANCE, "config/b", "added");
    assertThat(expand("%{config/a} %{config/b}")).isEqualTo("old added");
  }

  @Test
  void aFullPropertyFmriReadsAnotherInstanceOrAService() {
    InstanceFmri other = InstanceFmri.parse("t/other:one");
    configuration
        .running(other, "config/port", "81")
        .service(new ServiceFmri("t/other"), "config/port", "80");
    assertThat(
            expand(
                "%{svc:/t/other:one/:properties/config/port}"
                    + " %{svc:/t/other/:properties/config/port}"
                    + " %{svc:/t/other/:properties/config/no:-82}"))
        .isEqualTo("81 80 82");
  }

  @Test
  void nestingAndLengthHaveLimits() {
    assertThat(expand("%{a:-".repeat(20) + "x" + "}".repeat(20)))
        .isEqualTo("refused: tokens are nested more than 8 deep");
    configuration.running(INSTANCE, "config/long", "x".repeat(4000));
    assertThat(expand("%{config/long}".repeat(40))).startsWith("refused: the expanded text is");
  }
}
