package bespoke.supervisor.server;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.supervisor.config.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessLauncherTest {
  @Test
  void limitsOfAProgramAreThoseOfItsContract() {
    var limits = new Limits(Map.of(), null, null, 10L << 20, 50, 20);

    assertThat(ProcessLauncher.resources(limits).values())
        .isEqualTo(Map.of("memory.max", "10485760", "cpu.max", "50000 100000", "pids.max", "20"));
    assertThat(ProcessLauncher.resources(Limits.none()).values()).isEmpty();
  }
}
