package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ProcessRecord;
import bespoke.os.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Graphs of services that check for themselves that what they need was there first, and that they
/// are started once, whatever happens to the daemon.
class DaemonDeathTest {
  @TempDir Path directory;
  private Path root;
  private Path manifests;

  @BeforeEach
  void prepare() throws IOException {
    root = directory.resolve("r");
    manifests = Files.createDirectory(directory.resolve("m"));
    Path node = directory.resolve("node");
    Files.writeString(
        node,
        """
        #!/bin/sh
        cd %s
        name=$1; shift
        for needed; do grep -qx $needed done || echo "$name before $needed" >> wrong; done
        echo $name >> begun
        sleep 1000 > /dev/null 2>&1 &
        echo $name >> done
        """
            .formatted(directory));
    Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void manifest(String name, List<String> needs) throws IOException {
    String requires = String.join(", ", needs.stream().map(needed -> "site/" + needed).toList());
    Files.writeString(
        manifests.resolve(name + ".yaml"),
        """
        service: site/%s
        enabled: true
        requires: [%s]
        methods:
          start: {exec: "%s/node %s %s", timeout_seconds: 100}
          stop: {exec: ":kill", timeout_seconds: 100}
        """
            .formatted(name, requires, directory, name, String.join(" ", needs)));
  }

  private List<String> lines(String file) throws IOException {
    Path path = directory.resolve(file);
    return Files.exists(path) ? Files.readAllLines(path) : List.of();
  }

  private void everythingStartedOnceInOrder(List<String> names) throws IOException {
    assertThat(lines("wrong")).isEmpty();
    assertThat(lines("begun")).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void aRandomGraphOfSixtyStartsInOrderAndEachOnce() throws Exception {
    long seed = 20261124;
    Random random = new Random(seed);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<String> needs = new ArrayList<>(names);
      Collections.shuffle(needs, random);
      manifest("n" + i, needs.subList(0, Math.min(needs.size(), random.nextInt(4))));
      names.add("n" + i);
    }
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      assertThat(daemon.awaitSettled()).as("seed " + seed).startsWith("60 services are online");
      everythingStartedOnceInOrder(names);
    }
  }

  /// `-Dbespoke.crash.points=all` tries every decision; otherwise a few are tried.
  @Test
  void aDaemonKilledBeforeAnyDecisionOfItsStartStartsNothingTwice() throws Exception {
    boolean all = System.getProperty("bespoke.crash.points", "").equals("all");
    List<String> names = List.of("a", "b", "c");
    for (int i = 0; i < names.size(); i++) {
      manifest(names.get(i), i == 0 ? List.of() : List.of(names.get(i - 1)));
    }
    int tried = 0;
    for (int point = 2; ; point += all ? 1 : 6) {
      Path here = directory.resolve("r" + point);
      boolean isDead;
      try (DaemonProcess daemon = DaemonProcess.startDying(point, here, manifests)) {
        isDead =
            daemon
                .awaitLine(line -> line.startsWith("dying ") || isSettled(line))
                .startsWith("dying ");
        daemon.kill();
      }
      try (DaemonProcess daemon = DaemonProcess.start(here, manifests)) {
        assertThat(daemon.awaitSettled())
            .as("killed before decision %d", point)
            .startsWith("3 services are online, 0 are not");
        everythingStartedOnceInOrder(names);
        daemon.terminate();
        assertThat(daemon.awaitExit()).isZero();
      }
      Files.deleteIfExists(directory.resolve("begun"));
      Files.deleteIfExists(directory.resolve("done"));
      if (!isDead) {
        break;
      }
      tried++;
    }
    System.out.println("real daemons killed before " + tried + " decisions of their start");
    assertThat(tried).isGreaterThan(3);
  }

  private static boolean isSettled(String line) {
    return line.contains(" online, ");
  }

  @Test
  void thirtyServicesKeepTheirProcessesAndOutputWhileTheDaemonIsKilledTenTimes() throws Exception {
    for (int i = 0; i < 30; i++) {
      Files.writeString(
          manifests.resolve("s" + i + ".yaml"),
          """
          service: site/s%d
          enabled: true
          startd: {duration: %s}
          methods:
            start: {exec: '%s', timeout_seconds: 100}
            stop: {exec: ":kill", timeout_seconds: 100}
          """
              .formatted(
                  i,
                  i % 2 == 0 ? "contract" : "child",
                  i % 2 == 0
                      ? "n=0; (while :; do n=$((n+1)); echo line $n; sleep 0.5; done) & exit 0"
                      : "n=0; while :; do n=$((n+1)); echo line $n; sleep 0.5; done"));
    }
    Map<String, Long> before;
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      before = writers(daemon);
      assertThat(before).hasSize(30);
      daemon.kill();
    }
    for (int kill = 2; kill <= 10; kill++) {
      try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
        if (kill % 2 == 0) {
          daemon.awaitSettled();
          assertThat(writers(daemon)).as("after kill %d", kill - 1).isEqualTo(before);
        } else {
          daemon.awaitLine(line -> true); // in the middle of its start
        }
        daemon.kill();
      }
    }
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      assertThat(daemon.awaitSettled()).startsWith("30 services are online, 0 are not");
      assertThat(writers(daemon)).isEqualTo(before);
      for (String name : before.keySet()) {
        nothingIsMissing(root.resolve("log").resolve("site-" + name + ":default.log"));
      }
    }
  }

  /// The process that writes, by the name of its service: the one that is no `sleep`.
  private static Map<String, Long> writers(DaemonProcess daemon) throws IOException {
    Map<String, Long> writers = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      String name = "s" + i;
      List<Long> members =
          daemon.instance(name).detail().processes().stream().map(ProcessRecord::pid).toList();
      members.stream()
          .filter(pid -> isChildOfNone(members, pid))
          .forEach(pid -> writers.put(name, pid));
    }
    return writers;
  }

  /// The writer is; what it runs is its child, and may have the lower pid.
  private static boolean isChildOfNone(List<Long> members, long pid) {
    return Processes.stat(pid).filter(stat -> !members.contains(stat.parent())).isPresent();
  }

  private static void nothingIsMissing(Path log) throws IOException {
    List<String> written =
        Files.readAllLines(log).stream().filter(line -> line.startsWith("line ")).toList();
    assertThat(written).isNotEmpty();
    for (int i = 0; i < written.size(); i++) {
      assertThat(written.get(i)).as("%s", log).isEqualTo("line " + (i + 1));
    }
  }
}
