package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ChangeRecord;
import bespoke.api.ConfigurationRequest;
import bespoke.api.SourceText;
import bespoke.api.TransactionRequest;
import bespoke.api.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A change of twenty services with real processes, whose daemon is killed by `kill -9` before the
/// n-th thing that it does for it. Whatever n is, all are new afterwards or all are as they were,
/// and the history has one entry that says why.
///
/// `-Dbespoke.change.kills=all` kills at every step; a number of them, chosen by
/// `bespoke.change.seed`, is the default.
@Timeout(3600) // with all steps
class ChangeKillTest {
  private static final int SERVICES = 20;
  private static final int UNHEALTHY = 13;
  private static final String KILLS = System.getProperty("bespoke.change.kills", "3");
  private static final long SEED = Long.getLong("bespoke.change.seed", System.nanoTime());

  /// More acts than the longest of these changes has.
  private static final int ACTS_MAX = 60;

  /// So many the shortest has.
  private static final int ACTS_SURE = 24;

  private static final long PATIENCE_NANOS = 200_000_000_000L;
  private static final long POLL_NANOS = 20_000_000;

  @TempDir Path directory;
  private Path root;
  private Path manifests;

  /// Each of the services needs one or two earlier ones; every start says which version it starts.
  private String text(int version, boolean isUnhealthy) {
    StringBuilder all = new StringBuilder();
    for (int i = 1; i <= SERVICES; i++) {
      String needs = i == 1 ? "" : i < 5 ? "site/s1" : "site/s" + i / 2 + ", site/s" + (i / 2 - 1);
      all.append("---\nservice: site/s").append(i).append("\nenabled: true\n");
      all.append("requires: [").append(needs).append("]\nmethods:\n");
      all.append("  start: {exec: \"echo s").append(i).append(' ').append(version);
      all.append(" >> ").append(directory).append("/started; sleep 1000 &\"}\n");
      if (i == UNHEALTHY) {
        all.append("  monitor: {exec: \"exit ").append(isUnhealthy ? 1 : 0);
        all.append("\", interval_seconds: 1, failures: 1}\n");
      }
      all.append("property_groups: {config: {version: ").append(version).append("}}\n");
    }
    return all.toString();
  }

  @BeforeEach
  void prepare() throws IOException {
    root = directory.resolve("r");
    manifests = Files.createDirectory(directory.resolve("m"));
    Files.writeString(manifests.resolve("all.yaml"), text(1, false));
  }

  private Map<String, Integer> lastStarted() throws IOException {
    Map<String, Integer> last = new HashMap<>();
    for (String line : Files.readAllLines(directory.resolve("started"))) {
      String[] words = line.split(" ");
      last.put(words[0], Integer.parseInt(words[1]));
    }
    return last;
  }

  /// What is configured, all of it.
  private static List<String> configured(DaemonProcess daemon) throws IOException {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= SERVICES; i++) {
      all.addAll(daemon.ask(new ConfigurationRequest.Export("svc:/site/s" + i, true, "yaml")));
    }
    return all;
  }

  private static List<ChangeRecord> changes(DaemonProcess daemon) throws IOException {
    return daemon.ask(new TransactionRequest.ListChanges()).stream()
        .filter(line -> line.startsWith("{\"change\""))
        .map(line -> JsonObject.parse(line.getBytes(StandardCharsets.UTF_8)).object("change"))
        .map(ChangeRecord::from)
        .toList();
  }

  private static List<ChangeRecord> ended(DaemonProcess daemon) throws IOException {
    long until = System.nanoTime() + PATIENCE_NANOS;
    List<ChangeRecord> changes = changes(daemon);
    while (changes.stream().anyMatch(it -> it.endedEpochMillis() == 0)) {
      assertThat(System.nanoTime()).as("it took too long: %s", changes).isLessThan(until);
      LockSupport.parkNanos(POLL_NANOS);
      changes = changes(daemon);
    }
    return changes;
  }

  private void everythingRuns(DaemonProcess daemon, int version, String when) throws IOException {
    for (int i = 1; i <= SERVICES; i++) {
      assertThat(daemon.instance("site/s" + i).state()).as("s%d, %s", i, when).isEqualTo("online");
      assertThat(lastStarted()).as(when).containsEntry("s" + i, version);
    }
  }

  private static Set<Integer> steps(Random random) {
    Set<Integer> steps = new TreeSet<>();
    if (KILLS.equals("all")) {
      for (int act = 1; act <= ACTS_MAX; act++) {
        steps.add(act);
      }
      return steps;
    }
    while (steps.size() < Integer.parseInt(KILLS)) {
      steps.add(1 + random.nextInt(ACTS_SURE));
    }
    return steps;
  }

  @Test
  void aGoodChangeWhoseDaemonIsKilledAtAnyStepEndsAllNew() throws Exception {
    kill(false);
  }

  @Test
  void aChangeWhoseThirteenthIsNotHealthyAndWhoseDaemonIsKilledAtAnyStepEndsAllOld()
      throws Exception {
    kill(true);
  }

  private void kill(boolean isUnhealthy) throws Exception {
    int version = 1;
    int number = 0;
    for (int act : steps(new Random(SEED))) {
      String when = "seed " + SEED + ", killed before act " + act;
      DaemonProcess dying = DaemonProcess.startDyingInChange(act, root, manifests);
      dying.awaitSettled();
      everythingRuns(dying, version, when);
      List<String> before = configured(dying);
      boolean died = !isAnswered(dying, text(version + 1, isUnhealthy));
      dying.kill(); // it is dead, or done
      DaemonProcess next = DaemonProcess.start(root, manifests);
      try {
        next.awaitSettled();
        List<ChangeRecord> changes = ended(next);
        boolean isKnown = changes.size() > number;
        if (isKnown) {
          number++;
          ChangeRecord last = changes.getFirst();
          when += ": " + last;
          assertThat(last.standing()).as(when).isEqualTo(isUnhealthy ? "rolled back" : "complete");
          if (isUnhealthy) {
            assertThat(last.why()).as(when).contains("svc:/site/s13:default is degraded");
          }
          version += isUnhealthy ? 0 : 1;
        }
        assertThat(changes).as(when).hasSize(number);
        everythingRuns(next, version, when);
        if (isUnhealthy || !isKnown) {
          assertThat(configured(next)).as(when).isEqualTo(before);
        }
      } finally {
        if (act == ACTS_MAX || !died) {
          next.close();
        } else {
          next.kill(); // the services run on for the next step
        }
      }
      System.out.println(when + (died ? "" : ": it lived"));
      if (!died) {
        return;
      }
    }
    DaemonProcess.start(root, manifests).close();
  }

  /// Whether the daemon lives until the change is over.
  private static boolean isAnswered(DaemonProcess daemon, String text) {
    try {
      daemon.ask(
          new TransactionRequest.ImportChange(
              List.of(new SourceText("change.yaml", text)), 60, "test"));
      return true;
    } catch (IOException | AssertionError death) {
      return false;
    }
  }
}
