package bespoke.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.contract.ContractsOpening.Choice;
import bespoke.os.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A service that has contracts of its own, as a process supervisor has: here [ContractHolder].
@ParameterizedClass
@EnumSource(
    value = Choice.class,
    names = {"CGROUP", "TRACKING"})
class NestedContractsTest {
  @Parameter Choice choice = Choice.BEST;
  @TempDir Path directory = Path.of("/nonexistent");
  private final RecordedEvents events = new RecordedEvents();
  private Contracts contracts = Unopened.CONTRACTS;

  @AfterEach
  void close() {
    contracts.kill(1);
    events.awaitEmptied(1);
    contracts.remove(1);
    contracts.close();
  }

  private List<Long> startHolder() throws Exception {
    if (choice == Choice.CGROUP) {
      assumeTrue(!CgroupMount.writable().isEmpty(), "no writable cgroup2");
    }
    contracts = new ContractsOpening(directory.resolve("outer"), choice, events).open();
    List<String> command =
        SeparateJvm.command(
            ContractHolder.class, directory.resolve("inner").toString(), choice.name());
    Path log = directory.resolve("log");
    contracts.launch(1, Launch.of(1, command, List.of("PATH=/usr/bin:/bin")).withLog(log, 0644));
    for (int i = 0;
        i < 6000 && !(Files.exists(log) && Files.readString(log).contains("ready"));
        i++) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(log).content().endsWith("ready\n");
    return Files.readAllLines(log).stream()
        .filter(line -> !line.equals("ready"))
        .map(line -> Long.valueOf(line.split(" ", 3)[1]))
        .toList();
  }

  @Test
  void membersOfSubContractsAreMembersOfTheContractAround() throws Exception {
    List<Long> inner = startHolder();
    assertThat(inner).hasSize(3);
    assertThat(contracts.members(1)).containsAll(inner);
    for (long pid : inner) {
      assertThat(contracts.contractOf(pid)).hasValue(1);
    }
    if (choice == Choice.CGROUP) {
      String outside = Processes.cgroup(contracts.members(1).getFirst()).orElseThrow();
      assertThat(outside).contains("/bespoke-");
      assertThat(Processes.cgroup(inner.getFirst()).orElseThrow())
          .startsWith(outside + "/bespoke-");
    }
  }

  @Test
  void killingTheContractAroundEndsTheSubContractsToo() throws Exception {
    List<Long> inner = startHolder();
    contracts.kill(1);
    events.awaitEmptied(1);
    assertThat(inner)
        .allSatisfy(pid ->
            assertThat(Processes.stat(pid).filter(stat -> !stat.isEnded()))
                .as("process " + pid)
                .isEmpty());
    assertThat(contracts.remove(1)).isTrue();
    assertThat(contracts.leftBehind()).isEmpty();
  }
}
