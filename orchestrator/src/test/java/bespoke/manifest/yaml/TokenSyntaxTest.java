package bespoke.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSyntaxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "%% %s %i %f %m %r",
        "%{port} %{config/port} %{config/list,} %{config/list:}",
        "%{p:-} %{p:-d} %{p:+t} %{p:?set it}",
        "%{p:+-c %{p}} %{list,:-none}",
        "%{svc:/site/db/:properties/config/port}",
        "${HOME} %{p:-${HOME}}",
        "%{p:-\\}}",
        "a lone percent sign at the end %"
      })
  void whatTheRestarterUnderstandsIsRight(String text) {
    assertThat(TokenSyntax.fault(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date +%H| \"%H\" is no token; write %% for a percent sign",
        "%{x| the token \"%{x\" has no }",
        "%{}| the token \"%{}\" names no property",
        "%{:-x}| the token \"%{:-x}\" names no property",
        "%{p:-%q}| \"%q\" is no token; write %% for a percent sign"
      })
  void mistakesAreNamed(String text, String expected) {
    assertThat(TokenSyntax.fault(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "methods: {start: {exec: 'x %q'}}",
        "methods: {monitor: {exec: 'x %{'}}",
        "methods: {monitor: {tcp: 'h:%{p'}}",
        "readiness: {http: 'http://%q/'}"
      })
  void everyTextWithTokensIsChecked(String line) {
    assertThat(YamlReaderTest.read("service: a\n" + line).problems()).hasSize(1);
  }
}
