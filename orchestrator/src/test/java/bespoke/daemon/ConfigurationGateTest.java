package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bespoke.control.Configuration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConfigurationGateTest {
  private final ConfigurationGate gate = new ConfigurationGate();

  @Test
  void aClosedGateRefusesAndSaysWhy() throws Configuration.RefusedException {
    gate.close("change 7 is under way");
    assertThatThrownBy(gate::enter).hasMessage("change 7 is under way");
    gate.open();
    gate.enter().close();
  }

  @Test
  @Timeout(60)
  void whoCanWaitIsToldWhyAndGoesThroughWhenItOpens()
      throws InterruptedException, ExecutionException {
    gate.close("change 7 is under way");
    CompletableFuture<String> told = new CompletableFuture<>();
    CompletableFuture<Boolean> through = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (ConfigurationGate.Pass _ = gate.enterWhenOpen(told::complete)) {
            through.complete(true);
          } catch (InterruptedException e) {
            through.completeExceptionally(e);
          }
        });
    assertThat(told.get()).isEqualTo("change 7 is under way");
    assertThat(through).isNotDone();
    gate.open();
    assertThat(through.get()).isTrue();
    gate.close("everybody who was through is out again");
  }
}
