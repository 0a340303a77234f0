package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.contract.Launch;
import bespoke.contract.Limit;
import bespoke.model.MethodContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MethodLaunchTest {
  private static final Limit FOUND = new Limit(1024, 4096);

  private static Launch launch(MethodContext context) {
    return MethodLaunch.limited(
        MethodLaunch.of(1, List.of("/bin/true"), List.of(), Path.of("/"), context),
        Optional.of(FOUND));
  }

  @Test
  void aMethodGetsTheLimitOfFilesThatTheDaemonWasStartedWith() {
    assertThat(launch(MethodContext.NONE).limits()).isEqualTo(Map.of("nofile", FOUND));
  }

  @Test
  void aLimitOfTheMethodsOwnWins() {
    MethodContext context =
        new MethodContext(
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Map.of("nofile", new MethodContext.Limit(7, 8)),
            Optional.empty(),
            false,
            java.util.OptionalInt.empty(),
            java.util.OptionalInt.empty());
    assertThat(launch(context).limits()).isEqualTo(Map.of("nofile", new Limit(7, 8)));
  }
}
