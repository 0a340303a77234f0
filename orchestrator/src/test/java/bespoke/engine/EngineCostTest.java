package bespoke.engine;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.graph.SampleGraphs;
import bespoke.model.InstanceFmri;
import bespoke.model.RestartOn;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/// What the engine costs, in bytes that it allocates rather than in time: those do not depend on
/// what else the machine does, and a look at all instances for one event cannot hide from them.
class EngineCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// Measured 1.2 KiB a transition (2026-11); the limit leaves room for a few fields.
  private static final long TRANSITION_BYTES_MAX = 2048;

  private static final int ROUNDS = 50;

  /// Bytes a transition, once what is made only once has been made.
  private static long bytes(LongSupplier transitions) {
    long warm = 0;
    for (int i = 0; i < ROUNDS; i++) {
      warm += transitions.getAsLong();
    }
    assertThat(warm).isPositive();
    long count = 0;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      count += transitions.getAsLong();
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / count;
  }

  private static long leafBytes(int services) {
    InstantWorld world = new InstantWorld(SampleGraphs.layered(services, 100, 3, 1));
    InstanceFmri leaf = SampleGraphs.fmri(services - 1);
    return bytes(() -> world.restart(leaf));
  }

  @Test
  void aTransitionCostsTheSameHoweverManyServicesThereAre() {
    long few = leafBytes(500);
    long many = leafBytes(8000);
    assertThat(few).as("bytes a transition among 500").isLessThan(TRANSITION_BYTES_MAX);
    assertThat(many).as("bytes a transition among 8,000").isLessThan(few + few / 10 + 64);
  }

  @Test
  void aTransitionCostsTheSameHoweverManyFollow() {
    InstantWorld small = new InstantWorld(SampleGraphs.star(101, RestartOn.RESTART));
    InstantWorld large = new InstantWorld(SampleGraphs.star(1601, RestartOn.RESTART));
    InstanceFmri hub = SampleGraphs.fmri(0);
    long few = bytes(() -> small.restart(hub));
    long many = bytes(() -> large.restart(hub));
    assertThat(many).as("bytes a transition of 1,600 dependents").isLessThan(few + few / 10 + 64);
  }

  @Test
  void aBootCostsInProportionToItsServices() {
    long few = boot(1000);
    long many = boot(8000);
    assertThat(many).as("bytes a service").isLessThan(few + few / 10);
  }

  private static long boot(int services) {
    var definitions = SampleGraphs.layered(services, 100, 3, 1);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    InstantWorld world = new InstantWorld(definitions);
    long all = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(world.online()).isEqualTo(services);
    return all / services;
  }

  @Test
  void aChainOfAHundredThousandIsWalkedWithoutRecursion() {
    InstantWorld world = new InstantWorld(SampleGraphs.chain(100_000, RestartOn.RESTART));
    assertThat(world.online()).isEqualTo(100_000);
    assertThat(world.restart(SampleGraphs.fmri(0))).isEqualTo(400_000);
  }
}
