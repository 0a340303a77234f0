package bespoke.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {
  @ParameterizedTest
  @CsvSource({
    "TERM,15",
    "SIGTERM,15",
    "sigterm,15",
    "HUP,1",
    "USR2,12",
    "CHLD,17",
    "SYS,31",
    "9,9",
    "IOT,6",
    "RTMIN,34",
    "RTMIN+1,35",
    "RTMAX,64",
    "RTMAX-1,63",
    "64,64"
  })
  void namesAndNumbersAreKnown(String name, int number) {
    assertThat(Signals.number(name)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "SIG", "EXIT", "0", "65", "-1", "TERMX", "RTMIN+31", "RTMAX-99", "9999999999"})
  void anythingElseIsNot(String name) {
    assertThat(Signals.number(name)).isEmpty();
  }

  @Test
  void everyNumberHasANameThatLeadsBackToIt() {
    for (int number = 1; number <= 64; number++) {
      assertThat(Signals.number(Signals.name(number))).hasValue(number);
    }
  }

  @Test
  void aSignalToNobodyIsRefusedByTheKernel() {
    assertThat(Signals.send(Processes.self(), 0)).isZero();
    assertThat(Signals.send(Integer.MAX_VALUE, 0)).isEqualTo(-Errno.ESRCH);
  }
}
