package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.RuntimeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolatileStoreTest {

  private static final InstanceFmri WEB = InstanceFmri.parse("site/web");
  private static final InstanceFmri DB = InstanceFmri.parse("site/db");
  private static final String BOOT = "4f1c0c4e-1111-2222-3333-444455556666";

  @TempDir private Path directory;

  private static RuntimeState state(long contract) {
    return new RuntimeState(
        InstanceState.ONLINE,
        InstanceState.OFFLINE,
        AuxiliaryState.RESTART_REQUEST,
        Optional.of(DB),
        -1,
        OptionalLong.of(contract),
        OptionalLong.empty(),
        OptionalLong.of(4711),
        OptionalInt.of(256),
        2,
        List.of(5L, 6L),
        9,
        "détail",
        "status");
  }

  private VolatileStore open(String boot) throws RepositoryException {
    return VolatileStore.open(directory, boot);
  }

  @Test
  void aWholeFileIsWrittenOnAndOneThatWasCutOffIsRewritten() throws IOException {
    Path file = directory.resolve("volatile");
    try (VolatileStore first = open(BOOT)) {
      first.put(WEB, state(7), 42);
    }
    Object made = Files.getAttribute(file, "unix:ino");
    try (VolatileStore second = open(BOOT)) {
      second.put(DB, state(8), 43);
    }
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(made);
    Files.write(file, new byte[] {0, 0, 1}, StandardOpenOption.APPEND); // it died in a write
    try (VolatileStore third = open(BOOT)) {
      third.putFact("milestone", "none");
    }
    assertThat(Files.getAttribute(file, "unix:ino")).isNotEqualTo(made);
    try (VolatileStore last = open(BOOT)) {
      assertThat(last.instances().keySet()).containsExactly(WEB, DB);
      assertThat(last.fact("milestone")).contains("none");
      assertThat(last.damagedRecords()).isZero();
    }
  }

  @Test
  void whatWasFlushedSurvivesTheDaemon() throws IOException {
    VolatileStore first = open(BOOT);
    assertThat(first.isOfThisBoot()).isFalse();
    first.put(WEB, state(7), 42);
    first.put(DB, state(8), 43);
    first.putOverride(WEB, Optional.of(new EnabledOverride(true, "for a while")));
    first.putFact("milestone", "none");
    first.putCounter("run", 99);
    first.flush();
    first.remove(DB); // never flushed: the daemon was killed before
    try (VolatileStore next = open(BOOT)) {
      assertThat(next.isOfThisBoot()).isTrue();
      assertThat(next.instances()).containsOnlyKeys(WEB, DB);
      assertThat(next.instance(WEB)).contains(new VolatileInstance(state(7), 42));
      assertThat(next.override(WEB)).contains(new EnabledOverride(true, "for a while"));
      assertThat(next.fact("milestone")).contains("none");
      assertThat(next.counter("run")).isEqualTo(99);
      assertThat(next.damagedRecords()).isZero();
    }
  }

  @Test
  void anotherBootStartsEmpty() throws IOException {
    try (VolatileStore store = open(BOOT)) {
      store.put(WEB, state(7), 1);
    }
    try (VolatileStore store = open("another")) {
      assertThat(store.isOfThisBoot()).isFalse();
      assertThat(store.instances()).isEmpty();
    }
  }

  @Test
  void removedThingsStayRemoved() throws IOException {
    try (VolatileStore store = open(BOOT)) {
      store.put(WEB, state(7), 1);
      store.putOverride(WEB, Optional.of(new EnabledOverride(false, "")));
      store.putOverride(DB, Optional.of(new EnabledOverride(false, "")));
      store.putFact("a", "b");
      store.flush();
      store.remove(WEB);
      store.putOverride(DB, Optional.empty());
      store.removeFact("a");
    }
    try (VolatileStore store = open(BOOT)) {
      assertThat(store.instances()).isEmpty();
      assertThat(store.overrides()).isEmpty();
      assertThat(store.facts()).isEmpty();
    }
  }

  @Test
  void historyIsCompacted() throws IOException {
    try (VolatileStore store = open(BOOT)) {
      for (int i = 0; i < 40_000; i++) {
        store.put(WEB, state(i), i);
        store.flush();
      }
      assertThat(Files.size(directory.resolve("volatile"))).isLessThan(3 << 20);
      store.put(DB, state(1), 1);
    }
    try (VolatileStore store = open(BOOT)) {
      assertThat(store.instance(WEB)).contains(new VolatileInstance(state(39_999), 39_999));
      assertThat(store.instance(DB)).isPresent();
    }
  }

  @Test
  void aFileCutOffAtAnyLengthGivesAnEarlierState() throws IOException {
    try (VolatileStore store = open(BOOT)) {
      for (int i = 1; i <= 5; i++) {
        store.putCounter("n", i);
      }
    }
    Path file = directory.resolve("volatile");
    byte[] whole = Files.readAllBytes(file);
    long before = 0;
    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (VolatileStore store = open(BOOT)) {
        assertThat(store.counter("n")).isBetween(before, 5L);
        before = store.counter("n");
      }
    }
    assertThat(before).isEqualTo(5);
  }

  @Test
  void aDamagedRecordCostsOnlyItself() throws IOException {
    try (VolatileStore store = open(BOOT)) {
      for (int i = 0; i < 20; i++) {
        store.putFact("fact" + i, "value");
      }
    }
    Path file = directory.resolve("volatile");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    try (VolatileStore store = open(BOOT)) {
      assertThat(store.facts().size()).isBetween(18, 20);
      assertThat(store.facts()).containsEntry("fact19", "value");
    }
  }
}
