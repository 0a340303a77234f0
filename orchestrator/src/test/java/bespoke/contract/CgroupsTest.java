package bespoke.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.contract.ContractsOpening.Choice;
import bespoke.model.MethodOutcome;
import bespoke.os.Poller;
import bespoke.os.Processes;
import bespoke.os.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only the cgroup back end does.
class CgroupsTest {
  private static final List<String> ENVIRONMENT = List.of("PATH=/usr/bin:/bin");

  @TempDir Path directory = Path.of("/nonexistent");
  private final RecordedEvents events = new RecordedEvents();

  @BeforeEach
  void needCgroups() {
    assumeTrue(!CgroupMount.writable().isEmpty(), "no writable cgroup2");
  }

  @Test
  void withoutTheKillFileEverythingIsKilledAllTheSame() {
    Poller poller = new Poller();
    CgroupTree tree = CgroupTree.open(directory, true).orElseThrow();
    try (Contracts contracts =
        new LiveContracts(
            changes -> new CgroupMembership(tree, poller, changes, false),
            events,
            tree.way().spawner(),
            poller,
            true)) {
      contracts.launch(
          1,
          Launch.of(
              1,
              List.of("/bin/sh", "-c", "f() { while :; do (sleep 1000 &); done; }; f & f"),
              ENVIRONMENT));
      contracts.kill(1);
      events.awaitEmptied(1);
      assertThat(contracts.members(1)).isEmpty();
      assertThat(contracts.remove(1)).isTrue();
    }
    assertThat(tree.directory()).doesNotExist();
  }

  @Test
  void theTreeOfARootThatIsGoneIsTakenAwayByTheNextBesideIt() throws IOException {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    Path kept = Files.createDirectory(directory.resolve("kept"));
    CgroupTree abandoned = CgroupTree.open(gone, true).orElseThrow();
    CgroupTree idle = CgroupTree.open(kept, true).orElseThrow();
    Files.delete(gone);
    CgroupTree ours = CgroupTree.open(directory, true).orElseThrow();
    try {
      assertThat(abandoned.directory()).doesNotExist();
      assertThat(idle.directory()).exists();
    } finally {
      CgroupTree.delete(ours.directory());
      CgroupTree.delete(idle.directory());
    }
  }

  @Test
  void differentRootDirectoriesHaveDifferentTrees() {
    RecordedEvents others = new RecordedEvents();
    try (Contracts first =
        new ContractsOpening(directory.resolve("a"), Choice.CGROUP, events).open()) {
      first.launch(1, Launch.of(1, List.of("sleep", "1000"), ENVIRONMENT));
      assertThat(CgroupTree.nameOf(directory.resolve("a")))
          .isNotEqualTo(CgroupTree.nameOf(directory.resolve("b")))
          .isEqualTo(CgroupTree.nameOf(directory.resolve("b/../a")));
      CgroupTree other = CgroupTree.open(directory.resolve("b"), true).orElseThrow();
      assertThat(other.existing()).isEmpty();
      assertThat(others.all()).isEmpty();
      CgroupTree.delete(other.directory());
      first.kill(1);
      events.awaitEmptied(1);
      first.remove(1);
    }
  }

  @Test
  void whatStartsInAContractThatWasKilledLives() {
    try (Contracts contracts = new ContractsOpening(directory, Choice.CGROUP, events).open()) {
      contracts.launch(1, Launch.of(1, List.of("sleep", "1000"), ENVIRONMENT));
      contracts.kill(1);
      events.awaitEmptied(1);
      contracts.launch(1, Launch.of(2, List.of("/bin/sh", "-c", "exit 7"), ENVIRONMENT));
      assertThat(events.awaitExitOfRun(2).outcome()).isEqualTo(new MethodOutcome.Exited(7));
      assertThat(contracts.remove(1)).isTrue();
    }
  }

  @Test
  void theLabelIsInTheNameOfTheDirectoryMadeHarmless() {
    try (Contracts contracts = new ContractsOpening(directory, Choice.CGROUP, events).open()) {
      contracts.create(7, "site/web:default ../..\n");
      Path tree = Path.of(contracts.description().substring("cgroup v2 at ".length()));
      assertThat(CgroupTree.subdirectories(tree))
          .containsExactly(tree.resolve("7.site-web:default-------"));
      contracts.remove(7);
    }
  }

  @Test
  void limitsWithoutTheirControllerAreNamedAndTheOthersAreSet() throws Exception {
    try (Contracts contracts = new ContractsOpening(directory, Choice.CGROUP, events).open()) {
      Resources resources = new Resources(Map.of("nosuch.max", "5"));
      assertThat(contracts.unavailable(resources))
          .singleElement()
          .asString()
          .startsWith("cannot limit nosuch.max: the cgroup controller nosuch is not available");
      assertThat(contracts.limit(1, resources)).isEqualTo(contracts.unavailable(resources));
      assertThat(contracts.unavailable(new Resources(Map.of("nosuch.max", "max")))).isEmpty();
      Map<String, String> known =
          Map.of("pids.max", "200", "memory.max", "536870912", "hugetlb.2MB.max", "4194304");
      for (Map.Entry<String, String> limit : known.entrySet()) {
        Set<String> controllers = contracts.controllers();
        Resources one = new Resources(Map.of(limit.getKey(), limit.getValue()));
        if (controllers.contains(limit.getKey().substring(0, limit.getKey().indexOf('.')))) {
          assertThat(contracts.limit(1, one)).isEmpty();
          Path tree = Path.of(contracts.description().substring("cgroup v2 at ".length()));
          Path file = tree.resolve("1").resolve(limit.getKey());
          assertThat(Files.readString(file).strip()).isEqualTo(limit.getValue());
          assertThat(contracts.limit(1, Resources.NONE)).isEmpty();
          assertThat(Files.readString(file).strip()).isEqualTo("max");
        } else {
          assertThat(contracts.limit(1, one)).hasSize(1);
        }
      }
      contracts.remove(1);
    }
  }

  @Test
  void mountsAreReadAsTheKernelWritesThem() {
    assertThat(
            CgroupMount.parse(
                "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw"))
        .contains(new CgroupMount(Path.of("/sys/fs/cgroup/unified"), "/"));
    assertThat(
            CgroupMount.parse("41 31 0:38 /a\\040b /sys/c\\040d rw - cgroup2 none rw,nsdelegate"))
        .contains(new CgroupMount(Path.of("/sys/c d"), "/a b"));
    assertThat(CgroupMount.parse("41 31 0:38 / /sys/fs/cgroup ro - cgroup2 cgroup2 rw")).isEmpty();
    assertThat(CgroupMount.parse("41 31 0:38 / /sys/fs/cgroup rw shared:9 - tmpfs tmpfs rw"))
        .isEmpty();
    assertThat(CgroupMount.parse("rubbish")).isEmpty();
    CgroupMount inner = new CgroupMount(Path.of("/sys/fs/cgroup"), "/a");
    assertThat(inner.directoryOf("/a/b")).contains(Path.of("/sys/fs/cgroup/b"));
    assertThat(inner.directoryOf("/ab")).isEmpty();
    assertThat(inner.cgroupOf(Path.of("/sys/fs/cgroup/b"))).isEqualTo("/a/b");
    assertThat(Processes.cgroup(Processes.self())).isPresent();
  }

  @Test
  void aThreadThatWaitsForAChildThatCannotRunIsFreedByKillingTheContract() throws Exception {
    try (Contracts contracts = new ContractsOpening(directory, Choice.CGROUP, events).open()) {
      contracts.create(1, "");
      Path tree = Path.of(contracts.description().substring("cgroup v2 at ".length()));
      Files.writeString(tree.resolve("1/cgroup.freeze"), "1");
      AtomicReference<Launched> answer = new AtomicReference<>();
      Thread starter =
          Thread.ofPlatform()
              .start(() ->
                  answer.set(
                      contracts.launch(1, Launch.of(1, List.of("sleep", "1000"), ENVIRONMENT))));
      while (contracts.members(1).isEmpty()) {
        Thread.onSpinWait();
      }
      contracts.kill(1);
      starter.join();
      assertThat(answer.get()).isInstanceOf(Launched.Started.class);
      assertThat(events.awaitExitOfRun(1).outcome())
          .isEqualTo(new MethodOutcome.Signaled(Signals.KILL, false));
      events.awaitEmptied(1);
      contracts.remove(1);
    }
  }

  @Test
  void aProcessHasTheStartTimeThatTheKernelTells() {
    try (Contracts contracts = new ContractsOpening(directory, Choice.CGROUP, events).open()) {
      Launch launch = Launch.of(1, List.of("sleep", "1000"), ENVIRONMENT);
      KnownProcess process = ((Launched.Started) contracts.launch(1, launch)).process();
      assertThat(Processes.startTime(process.pid())).hasValue(process.startTime());
      contracts.kill(1);
      events.awaitEmptied(1);
      contracts.remove(1);
    }
  }
}
