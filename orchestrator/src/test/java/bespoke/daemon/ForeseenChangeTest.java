package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.change.Fact;
import bespoke.change.Standing;
import bespoke.model.Transition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told before a change is made is what then happens, also when it is taken back.
class ForeseenChangeTest {
  private static final int CASES = Integer.getInteger("bespoke.foreseen.changes", 20);
  private static final int SERVICES = 8;

  @TempDir Path directory;

  /// Services that depend on earlier ones, with few properties. In version 2 some are configured
  /// otherwise, some depend otherwise, some are new, and what they need is perhaps disabled.
  private static String manifests(int version, long seed) {
    Random shape = new Random(seed);
    Random changes = new Random(seed * 31 + version);
    StringBuilder all = new StringBuilder();
    int count = SERVICES + (version == 1 ? 0 : changes.nextInt(4));
    for (int i = 1; i <= count; i++) {
      String need = "site/s" + (1 + shape.nextInt(Math.max(1, i - 1)));
      String grouping = shape.nextBoolean() ? "require_all" : "optional_all";
      String restartOn = List.of("none", "error", "restart", "refresh").get(shape.nextInt(4));
      boolean enabled = shape.nextInt(5) > 0;
      boolean refreshes = shape.nextBoolean();
      boolean differs = version == 2 && changes.nextInt(3) == 0;
      all.append("---\nservice: site/s").append(i).append("\nenabled: ").append(enabled);
      all.append("\nmethods:\n  start: {exec: x, timeout_seconds: 9}\n");
      all.append("  refresh: {exec: \":true\", timeout_seconds: 9}\n");
      if (i > 1) {
        all.append("dependencies:\n  need: {grouping: ").append(grouping);
        all.append(", restart_on: ").append(restartOn);
        all.append(", services: [").append(need).append("]}\n");
      }
      all.append("property_groups:\n  config: {version: ").append(differs ? 2 : 1).append("}\n");
      if (refreshes) {
        all.append("  on_change: {refresh: [config]}\n");
      }
    }
    return all.toString();
  }

  private SimulatedChange booted(String name, String manifests) throws IOException {
    SimulatedChange change = new SimulatedChange(Files.createDirectory(directory.resolve(name)));
    change.boot(manifests);
    return change;
  }

  private static String text(Transition it) {
    return it.instance().service() + " " + it.from() + " -> " + it.to() + " " + it.auxiliary();
  }

  @Test
  void aChangeGoesAsItWasForeseen() throws IOException {
    int moved = 0;
    int takenBack = 0;
    for (long seed = 1; seed <= CASES; seed++) {
      try (SimulatedChange change = booted("r" + seed, manifests(1, seed))) {
        ChangeEntry entry = change.entry(manifests(2, seed));
        if (entry.content().members().isEmpty()) {
          continue;
        }
        SimulatedChange.Foreseen foreseen = change.foreseen(entry);
        int before = change.transitions().size();
        assertThat(change.run(entry, new Fact.Began(), Integer.MAX_VALUE)).isTrue();
        List<Transition> happened =
            change.transitions().subList(before, change.transitions().size()).stream()
                .filter(Transition::changesState)
                .toList();
        assertThat(foreseen.plan().steps().stream().map(it -> text(it.transition())))
            .as("seed %d", seed)
            .containsExactlyElementsOf(happened.stream().map(ForeseenChangeTest::text).toList());
        ChangeEntry end = change.last().orElseThrow();
        assertThat(foreseen.failure()).as("seed %d", seed).isEqualTo(end.why());
        moved += happened.isEmpty() ? 0 : 1;
        takenBack += end.standing() == Standing.ROLLED_BACK ? 1 : 0;
      }
    }
    assertThat(moved).isGreaterThan(CASES / 2);
    assertThat(takenBack).isBetween(1, CASES / 2);
  }

  @Test
  void whatWaitsInVainTakesTheChangeBackAtOnceAndKeepsNothingOfTheLook() throws IOException {
    String before = "service: site/off\nenabled: false\nmethods: {start: {exec: x}}\n";
    String after =
        before
            + """
            ---
            service: site/new
            enabled: true
            requires: [site/off]
            methods: {start: {exec: x, timeout_seconds: 9}}
            """;
    try (SimulatedChange change = booted("vain", before)) {
      ChangeEntry entry = change.entry(after);
      SimulatedChange.Foreseen foreseen = change.foreseen(entry);
      assertThat(foreseen.failure())
          .isEqualTo(
              "svc:/site/new:default is offline for good: its require_all \"requires\" is not"
                  + " satisfied: svc:/site/off:default is disabled");
      assertThat(foreseen.plan().duration()).isZero();
      assertThat(change.last()).as("what was only looked at").isEmpty();
      assertThat(change.run(entry, new Fact.Began(), Integer.MAX_VALUE)).isTrue();
      assertThat(change.last().orElseThrow().why()).isEqualTo(foreseen.failure());
    }
  }
}
