package bespoke.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperandMatcherTest {

  private static final String SENDMAIL = "svc:/network/smtp:sendmail";
  private static final String LEGACY = "lrc:/etc/rc3_d/S42myscript";

  private final OperandMatcher matcher =
      new OperandMatcher(
          catalogue(LEGACY, SENDMAIL, "svc:/site/web:blue", "svc:/site/web:green", "svc:/t/t:t"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sendmail",
        ":sendmail",
        "smtp",
        "smtp:sendmail",
        "network/smtp",
        "network/smtp:sendmail",
        "svc:/network/smtp:sendmail",
        "svc:///network/smtp:sendmail",
        "/network/smtp:sendmail",
        "svc://localhost/network/smtp:sendmail",
        "//localhost/network/smtp",
        "svc:/network/smtp",
        "network/*mail",
        "*mail",
        "svc:*sendmail",
        "network/[rs]mtp*",
        "network/smt?:*"
      })
  void theseMeanTheOneInstance(String operand) {
    assertThat(matcher.match(operand).fmris()).containsExactly(SENDMAIL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail",
        "network",
        "network/smt",
        "smtp:send",
        "svc:/network",
        "svc:",
        "svc:/",
        "",
        "/",
        "//elsewhere/network/smtp:sendmail",
        "?etwork/none",
        "["
      })
  void theseMeanNothing(String operand) {
    assertThat(matcher.match(operand).fmris()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "svc:/site/web:blue, INSTANCE, false",
    "svc:/site/web, SERVICE, true",
    "web, ABBREVIATION, true",
    "blue, ABBREVIATION, false",
    "*web*, GLOB, false",
    "lrc:/etc/rc3_d/S42myscript, INSTANCE, false",
    "lrc:*script, GLOB, false"
  })
  void theKindTellsWhetherSeveralMatchesAreAmbiguous(
      String operand, OperandMatcher.Kind kind, boolean ambiguous) {
    OperandMatcher.Match match = matcher.match(operand);
    assertThat(match.kind()).isEqualTo(kind);
    assertThat(match.fmris()).isNotEmpty();
    assertThat(match.isAmbiguous()).isEqualTo(ambiguous);
  }

  @Test
  void aLaterOccurrenceOfAnAbbreviationCountsToo() {
    assertThat(matcher.match("t:t").fmris()).containsExactly("svc:/t/t:t");
    assertThat(matcher.match("t").fmris()).containsExactly("svc:/t/t:t");
  }

  @Test
  void everyInstanceIsVisitedOnceInTheOrderOfTheOperands() {
    List<OperandMatcher.Match> matches = matcher.matches(List.of("green", "nosuch", "web", "smtp"));
    assertThat(OperandMatcher.union(matches))
        .containsExactly("svc:/site/web:green", "svc:/site/web:blue", SENDMAIL);
    assertThat(OperandMatcher.unmatched(matches)).containsExactly("nosuch");
  }

  @Test
  void anOperandThatIsTooLongMatchesNothing() {
    assertThat(matcher.match("*".repeat(601)).fmris()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a*b*c, aXbYc, true",
    "a*b*c, aXbY, false",
    "'[!a]x', bx, true",
    "'[!a]x', ax, false",
    "'[a-c]', b, true",
    "'[]]', ']', true",
    "'[a', '[a', true",
    "'\\*', '*', true",
    "'\\*', 'a', false",
    "'**', '', true"
  })
  void globsAreThoseOfFnmatch(String pattern, String text, boolean matches) {
    assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
  }

  private static OperandMatcher.Catalogue catalogue(String... fmris) {
    List<String> all = List.of(fmris);
    return new OperandMatcher.Catalogue() {
      @Override
      public boolean hasInstance(String fmri) {
        return all.contains(fmri);
      }

      @Override
      public Collection<String> instancesOf(String serviceFmri) {
        return all.stream().filter(f -> f.startsWith(serviceFmri + ":")).toList();
      }

      @Override
      public Iterable<String> all() {
        return all;
      }
    };
  }
}
