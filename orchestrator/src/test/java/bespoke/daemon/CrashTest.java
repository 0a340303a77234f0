package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Graphs of services that check for themselves that what they need was there first, and that they
/// are started once, whatever happens to the daemon.
class CrashTest {
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

  /// @param lines how many transitions the first daemon tells before it is killed
  @ParameterizedTest
  @ValueSource(ints = {1, 6, 8, 9, 11})
  void aDaemonKilledWhileItStartsServicesStartsNothingTwice(int lines) throws Exception {
    List<String> names = List.of("a", "b", "c", "d", "e", "f");
    for (int i = 0; i < names.size(); i++) {
      manifest(names.get(i), i == 0 ? List.of() : List.of(names.get(i - 1)));
    }
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests, "-v")) {
      for (int i = 0; i < lines; i++) {
        daemon.awaitLine(line -> line.startsWith("svc:/site/"));
      }
      daemon.kill();
    }
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      assertThat(daemon.awaitSettled()).startsWith("6 services are online, 0 are not");
      everythingStartedOnceInOrder(names);
    }
  }
}
