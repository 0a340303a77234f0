package bespoke.restarter;

import static bespoke.restarter.RealWorldFixture.TESTED;
import static bespoke.restarter.RealWorldFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.contract.ContractsOpening;
import bespoke.engine.Event.ContractEmptied;
import bespoke.engine.Event.MethodExited;
import bespoke.engine.Event.MethodStarted;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.os.Processes;
import bespoke.os.Signals;
import bespoke.restarter.RealWorldFixture.StartedMethod;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A daemon takes over from an earlier one.
@ParameterizedClass
@EnumSource(names = {"BEST", "TRACKING"})
class AdoptionTest {

  private final ContractsOpening.Choice choice;

  @TempDir Path root;

  private RealWorldFixture world;

  AdoptionTest(ContractsOpening.Choice choice) {
    this.choice = choice;
  }

  @BeforeEach
  void open() {
    world = new RealWorldFixture(root, choice);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static Adoption adoption(StartedMethod started, OptionalLong pid) {
    return new Adoption(
        TESTED,
        started.contract(),
        started.contract(),
        OptionalLong.of(started.run()),
        MethodKind.START,
        pid,
        true,
        true,
        0);
  }

  /// The process, once it is what it shall be; before, it may not be in its contract yet.
  private long pid(StartedMethod started) {
    long pid = world.started(started).pid();
    until(() -> Processes.stat(pid).map(it -> it.command().equals("sleep")).orElse(false));
    return pid;
  }

  @Test
  void aServiceThatRunsOnIsWatchedAgain() {
    StartedMethod service = world.start("sleep 1000", MethodContext.NONE, true);
    long pid = pid(service);
    world = world.successor();
    world.world.adopt(List.of(adoption(service, OptionalLong.of(pid)))).join();
    until(() -> world.world.contracts().members(service.contract()).equals(List.of(pid)));
    assertThat(world.answers()).isEmpty();
    Signals.send(pid, Signals.KILL);
    world.emptied(service);
    assertThat(world.answers())
        .hasSize(2)
        .satisfies(answers -> {
          assertThat(((MethodExited) answers.get(0)).run()).isEqualTo(service.run());
          assertThat(answers.get(1)).isEqualTo(new ContractEmptied(TESTED, service.contract()));
        });
  }

  @Test
  void aServiceThatDiedMeanwhileIsReported() {
    StartedMethod service = world.start("sleep 1000", MethodContext.NONE, true);
    long pid = pid(service);
    world = world.successor();
    Signals.send(pid, Signals.KILL);
    until(() -> Processes.stat(pid).map(Processes.Stat::isEnded).orElse(true));
    world.world.adopt(List.of(adoption(service, OptionalLong.of(pid)))).join();
    assertThat(world.outcome(service)).isInstanceOf(MethodOutcome.class);
    world.emptied(service);
    assertThat(world.answers()).noneMatch(MethodStarted.class::isInstance);
  }

  @Test
  void theProcessOfARunIsFoundWithoutItsPid() {
    StartedMethod method = world.start("sleep 1000");
    long pid = pid(method);
    world = world.successor();
    world.world.adopt(List.of(adoption(method, OptionalLong.empty()))).join();
    until(() -> world.world.contracts().members(method.contract()).equals(List.of(pid)));
    assertThat(world.answers()).containsExactly(new MethodStarted(TESTED, method.run(), pid));
    Signals.send(pid, Signals.TERM);
    world.emptied(method);
    assertThat(world.answers().get(1))
        .isInstanceOfSatisfying(
            MethodExited.class, exit -> assertThat(exit.run()).isEqualTo(method.run()));
  }

  @Test
  void aContractThatIsGoneIsReportedAsEmpty() {
    world.world.adopt(List.of(adoption(new StartedMethod(5, 6), OptionalLong.of(1)))).join();
    world.events.await(ContractEmptied.class, empty -> empty.contract() == 6);
    assertThat(world.outcome(new StartedMethod(5, 6))).isEqualTo(new MethodOutcome.Unknown());
  }

  @Test
  void whatNobodyAdoptsRunsOn() {
    StartedMethod service = world.start("sleep 1000");
    long pid = pid(service);
    world = world.successor();
    world.world.adopt(List.of()).join();
    assertThat(Processes.stat(pid).orElseThrow().isEnded()).isFalse();
    Signals.send(pid, Signals.KILL);
  }
}
