package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.change.Fact;
import bespoke.change.Order;
import bespoke.change.Standing;
import bespoke.model.InstanceFmri;
import bespoke.model.RestartOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A change over twenty services, whose daemon is killed at every decision: it ends all-new or
/// all-old.
class ChangeSweepTest {
  private static final int SERVICES = 20;
  private static final int BROKEN = 13;

  @TempDir Path directory;
  private int roots;

  /// Twenty services, each with up to two needs among those before it; a fresh one in version 2.
  private static String manifests(int version, boolean isBroken) {
    Random random = new Random(20261126);
    StringBuilder all = new StringBuilder();
    for (int i = 1; i <= SERVICES; i++) {
      String needs = "";
      for (int n = 0; n < 2 && i > 1; n++) {
        needs += (needs.isEmpty() ? "" : ", ") + "site/s" + (1 + random.nextInt(i - 1));
      }
      String restartOn = random.nextBoolean() ? "restart" : "none";
      all.append("---\nservice: site/s").append(i).append("\nenabled: true\n");
      if (!needs.isEmpty()) {
        all.append("dependencies:\n  needs: {grouping: require_all, restart_on: ")
            .append(restartOn)
            .append(", services: [")
            .append(needs.contains(",") && isTwice(needs) ? needs.split(",")[0] : needs)
            .append("]}\n");
      }
      all.append("methods: {start: {exec: \"x\", timeout_seconds: 9}}\n");
      all.append("property_groups:\n  config: {version: ").append(version);
      all.append(", broken: ").append(isBroken && i == BROKEN).append("}\n");
    }
    if (version == 2) {
      all.append("---\nservice: site/fresh\nenabled: true\nrequires: [site/s3]\n");
      all.append("methods: {start: {exec: \"x\", timeout_seconds: 9}}\n");
      all.append("property_groups: {config: {version: 2}}\n");
    }
    return all.toString();
  }

  private static boolean isTwice(String needs) {
    String[] two = needs.split(", ");
    return two[0].equals(two[1]);
  }

  private SimulatedChange booted() throws IOException {
    SimulatedChange change =
        new SimulatedChange(Files.createDirectory(directory.resolve("r" + ++roots)));
    change.boot(manifests(1, false));
    return change;
  }

  private static Map<String, String> all(int version) {
    Map<String, String> all = new TreeMap<>();
    String text = "online " + version + " in force " + version + " started with " + version;
    for (int i = 1; i <= SERVICES; i++) {
      all.put("svc:/site/s" + i + ":default", text);
    }
    if (version == 2) {
      all.put("svc:/site/fresh:default", text);
    }
    return all;
  }

  @Test
  void everythingIsNewAndNothingWasRestartedTwiceForItsOwnSake() throws IOException {
    try (SimulatedChange change = booted()) {
      assertThat(change.everything()).isEqualTo(all(1));
      ChangeEntry entry = change.entry(manifests(2, false));
      assertThat(entry.content().waves()).isGreaterThan(3);
      assertThat(change.run(entry, new Fact.Began(), Integer.MAX_VALUE)).isTrue();
      assertThat(change.everything()).isEqualTo(all(2));
      for (int i = 1; i <= SERVICES; i++) {
        InstanceFmri instance = InstanceFmri.parse("site/s" + i);
        long restarts = change.starts(instance) - 1;
        assertThat(restarts).as("restarts of %s", instance).isGreaterThan(0);
        if (!follows(instance, change)) {
          assertThat(restarts).as("restarts of %s", instance).isEqualTo(1);
        }
        assertThat(change.orders.stream().filter(new Order.Restart(instance)::equals).count())
            .as("restarts of %s that were ordered", instance)
            .isLessThanOrEqualTo(1);
      }
      long ordered = change.orders.stream().filter(Order.Restart.class::isInstance).count();
      assertThat(ordered).as("the others were restarted for another's sake").isLessThan(SERVICES);
    }
  }

  /// Whether it restarts for another's sake.
  private static boolean follows(InstanceFmri instance, SimulatedChange change) {
    return change.status(instance).orElseThrow().definition().dependencies().stream()
        .anyMatch(dependency -> dependency.restartOn() == RestartOn.RESTART);
  }

  @Test
  void theThirteenthThatFailsTakesAllTwentyBackAndHistorySaysWhy() throws IOException {
    try (SimulatedChange change = booted()) {
      ChangeEntry entry = change.entry(manifests(2, true));
      assertThat(change.run(entry, new Fact.Began(), Integer.MAX_VALUE)).isTrue();
      assertThat(change.everything()).isEqualTo(all(1));
      ChangeEntry last = change.last().orElseThrow();
      assertThat(last.standing()).isEqualTo(Standing.ROLLED_BACK);
      assertThat(last.why()).contains("svc:/site/s13:default is maintenance");
    }
  }

  @Test
  void aDaemonKilledBeforeAnyOrderOfAGoodChangeLeavesAllNew() throws IOException {
    sweep(false, Standing.COMPLETE, 2);
  }

  @Test
  void aDaemonKilledBeforeAnyOrderOfABadChangeLeavesAllOld() throws IOException {
    sweep(true, Standing.ROLLED_BACK, 1);
  }

  /// Kills the daemon before its n-th order for every n, and the next one after a random number.
  private void sweep(boolean isBroken, Standing end, int version) throws IOException {
    Random random = new Random(13);
    boolean lived = false;
    int killed = 0;
    for (int orders = 0; !lived; orders++) {
      try (SimulatedChange change = booted()) {
        ChangeEntry entry = change.entry(manifests(2, isBroken));
        lived = change.run(entry, new Fact.Began(), orders);
        killed += lived ? 0 : 1;
        Optional<ChangeEntry> left = lived ? Optional.empty() : change.nextDaemon();
        if (left.isPresent() && random.nextBoolean()) {
          Fact resumed = resumed(left.get());
          if (!change.run(left.get(), resumed, random.nextInt(10))) {
            left = change.nextDaemon();
          } else {
            left = Optional.empty();
          }
        }
        if (left.isPresent()) {
          assertThat(change.run(left.get(), resumed(left.get()), Integer.MAX_VALUE)).isTrue();
        }
        Optional<ChangeEntry> last = change.last();
        boolean wasNeverBegun = last.isEmpty();
        assertThat(change.everything())
            .as("killed before order %d", orders)
            .isEqualTo(all(wasNeverBegun ? 1 : version));
        if (!wasNeverBegun) {
          assertThat(last.get().standing()).as("killed before order %d", orders).isEqualTo(end);
        }
      }
    }
    assertThat(killed).isGreaterThan(15);
  }

  private static Fact resumed(ChangeEntry entry) {
    return new Fact.Resumed(entry.standing(), entry.why(), entry.deaths());
  }

  @Test
  void aPropertyWithOnChangeRefreshNeverRestarts() throws IOException {
    String service =
        """
        service: site/one
        enabled: true
        methods: {start: {exec: x, timeout_seconds: 9}, refresh: {exec: ":true", timeout_seconds: 9}}
        property_groups:
          config: {version: %d}
          on_change: {refresh: [config]}
        """;
    try (SimulatedChange change =
        new SimulatedChange(Files.createDirectory(directory.resolve("refresh")))) {
      change.boot(service.formatted(1));
      ChangeEntry entry = change.entry(service.formatted(2));
      assertThat(change.run(entry, new Fact.Began(), Integer.MAX_VALUE)).isTrue();
      InstanceFmri one = InstanceFmri.parse("site/one");
      assertThat(change.orders)
          .contains(new Order.Refresh(one), new Order.End(Standing.COMPLETE, ""));
      assertThat(change.starts(one)).isEqualTo(1);
    }
  }
}
