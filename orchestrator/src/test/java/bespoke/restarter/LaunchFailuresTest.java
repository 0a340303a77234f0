package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.contract.LaunchFailure;
import bespoke.contract.LaunchFailure.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LaunchFailuresTest {

  private static MethodNotRunException of(Kind kind) {
    return new MethodNotRunException(new LaunchFailure(kind, "cannot do it"), Path.of("/no/such"));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void onlyAShortageIsWorthAnotherTry(Kind kind) {
    assertThat(of(kind).isRetryable()).isEqualTo(kind == Kind.RESOURCES);
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "DIRECTORY")
  void theReasonIsTheLastLine(Kind kind) {
    assertThat(of(kind).messages().getLast()).isEqualTo("cannot do it");
  }

  @Test
  void aDirectoryIsSaidInSmfsWords() {
    assertThat(of(Kind.DIRECTORY).messages())
        .containsExactly("chdir: No such file or directory (\"/no/such\")");
  }
}
