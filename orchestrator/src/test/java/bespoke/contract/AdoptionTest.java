package bespoke.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.contract.ContractsOpening.Choice;
import bespoke.contract.RecordedEvents.Told;
import bespoke.model.MethodOutcome;
import bespoke.os.Processes;
import bespoke.os.Signals;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the next daemon finds after the last one was killed: here another JVM, [ContractHolder].
@ParameterizedClass
@EnumSource(
    value = Choice.class,
    names = {"CGROUP", "TRACKING"})
class AdoptionTest {
  @Parameter Choice choice = Choice.BEST;
  @TempDir Path directory = Path.of("/nonexistent");
  private final RecordedEvents events = new RecordedEvents();
  private final List<KnownProcess> held = new ArrayList<>();
  private Contracts contracts = Unopened.CONTRACTS;

  /// Lets the other JVM start three contracts and kills it; none of our own reapers runs then.
  @BeforeEach
  void leaveContractsBehind() throws Exception {
    if (choice == Choice.CGROUP) {
      assumeTrue(!CgroupMount.writable().isEmpty(), "no writable cgroup2");
    }
    Process holder = SeparateJvm.start(ContractHolder.class, directory.toString(), choice.name());
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine();
          line != null && !line.equals("ready");
          line = reader.readLine()) {
        long[] words = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
        held.add(new KnownProcess(words[0], words[1], words[2]));
      }
    }
    holder.destroyForcibly().waitFor();
    assertThat(held).hasSize(3);
  }

  @AfterEach
  void killWhatIsLeft() {
    for (long contract = 1; contract <= 3; contract++) {
      contracts.kill(contract);
      events.awaitEmptied(contract);
      contracts.remove(contract);
    }
    contracts.close();
  }

  private void open() {
    contracts = new ContractsOpening(directory, choice, events).open();
  }

  private long[] awaitSleepers(long contract, int count) {
    for (int i = 0; i < 3000; i++) {
      long[] found =
          contracts.members(contract).stream()
              .filter(pid ->
                  Processes.stat(pid).filter(stat -> stat.command().equals("sleep")).isPresent())
              .mapToLong(Long::longValue)
              .toArray();
      if (found.length == count) {
        return found;
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new AssertionError("members " + contracts.members(contract));
  }

  @Test
  void contractsAreFoundWithTheSameProcesses() {
    open();
    assertThat(contracts.leftBehind()).containsExactlyInAnyOrder(1L, 2L, 3L);
    for (KnownProcess process : held) {
      assertThat(contracts.adopt(process.run(), List.of(process))).contains(process.pid());
      assertThat(contracts.contractOf(process.pid())).hasValue(process.run());
    }
    assertThat(events.all()).isEmpty();
  }

  @Test
  void daemonsThatLostTheirParentAreFoundToo() {
    open();
    contracts.adopt(2, List.of(held.get(1)));
    assertThat(awaitSleepers(2, 3)).hasSize(3);
    contracts.kill(2);
    events.awaitEmptied(2);
    assertThat(contracts.members(2)).isEmpty();
  }

  @Test
  void aDeathBeforeTheAdoptionIsToldAtOnce() {
    Signals.send(held.getFirst().pid(), Signals.KILL);
    while (Processes.stat(held.getFirst().pid())
        .filter(stat -> !stat.isEnded() && stat.startTime() == held.getFirst().startTime())
        .isPresent()) {
      Thread.onSpinWait();
    }
    open();
    contracts.adopt(1, List.of(held.getFirst()));
    events.awaitEmptied(1);
    assertThat(events.exits()).hasSize(1);
    // since Linux 6.15 the kernel tells, as long as nobody else has reaped it
    assertThat(events.exits().getFirst().outcome())
        .isIn(new MethodOutcome.Unknown(), new MethodOutcome.Signaled(Signals.KILL, false));
    assertThat(events.exits().getFirst().run()).hasValue(1);
  }

  @Test
  void aDeathAfterTheAdoptionIsToldOnceAndThenTheEmptiness() {
    open();
    contracts.adopt(1, List.of(held.getFirst()));
    Signals.send(held.getFirst().pid(), Signals.TERM);
    events.awaitEmptied(1);
    assertThat(events.exits()).hasSize(1);
    assertThat(events.exits().getFirst().pid()).isEqualTo(held.getFirst().pid());
    assertThat(events.all().getLast()).isEqualTo(new Told.Emptied(1));
  }

  @Test
  void aStrangerWithTheSamePidIsNotTakenForTheOldProcess() {
    open();
    KnownProcess old = held.getFirst();
    contracts.adopt(1, List.of(new KnownProcess(1, old.pid(), old.startTime() - 1)));
    assertThat(events.exits()).hasSize(1);
  }

  @Test
  void adoptingWhatWasNeverThereTellsThatItIsGone() {
    open();
    contracts.adopt(77, List.of(new KnownProcess(5, Integer.MAX_VALUE, 1)));
    assertThat(events.exits()).hasSize(1);
    assertThat(events.emptied(77)).isOne();
    contracts.launch(77, Launch.of(6, List.of("/bin/true"), List.of()));
    assertThat(events.awaitExitOfRun(6).outcome()).isEqualTo(new MethodOutcome.Exited(0));
    contracts.kill(77);
    events.await(_ -> events.emptied(77) >= 2);
    contracts.remove(77);
  }

  @Test
  void newProcessesCanBeLaunchedInAnAdoptedContract() {
    open();
    contracts.adopt(1, List.of(held.getFirst()));
    contracts.launch(1, Launch.of(9, List.of("/bin/sleep", "1000"), List.of()));
    awaitSleepers(1, 2);
    assertThat(contracts.signal(1, Signals.TERM)).isEqualTo(2);
    events.awaitEmptied(1);
  }
}
