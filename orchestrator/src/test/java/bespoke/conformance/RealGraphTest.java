package bespoke.conformance;

import static bespoke.model.InstanceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Decision;
import bespoke.engine.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A graph of sixty services, as real processes.
class RealGraphTest {

  private static final int SERVICES = 60;
  private static final long SEED = 20_260_101;

  @TempDir Path directory;

  @Test
  void sixtyServicesStartOnceAndInOrderAndStopInReverse() throws IOException {
    Random random = new Random(SEED);
    Path started = directory.resolve("started");
    Path stopped = directory.resolve("stopped");
    List<List<Integer>> needs = new ArrayList<>();
    StringBuilder yaml = new StringBuilder();
    for (int service = 0; service < SERVICES; service++) {
      List<Integer> dependencies = dependencies(service, random);
      needs.add(dependencies);
      yaml.append(service(service, dependencies, random.nextInt(30), started, stopped));
    }
    try (RealMachine machine = new RealMachine(directory)) {
      machine.load(yaml.toString());
      for (int service = 0; service < SERVICES; service++) {
        machine.await("s" + service, ONLINE);
      }
      inOrder(Files.readAllLines(started), needs, false);
      machine.happen(new Event.ShutdownRequested());
      RealMachine.until(() -> !machine.decisions(Decision.CompleteShutdown.class).isEmpty());
      inOrder(Files.readAllLines(stopped), needs, true);
    }
  }

  private static List<Integer> dependencies(int service, Random random) {
    return random
        .ints(random.nextInt(4), 0, Math.max(1, service))
        .filter(other -> other < service)
        .distinct()
        .boxed()
        .toList();
  }

  private static String service(
      int number, List<Integer> dependencies, int millis, Path started, Path stopped) {
    String requires =
        dependencies.stream().map(it -> "t/s" + it).collect(Collectors.joining(", ", "[", "]"));
    return """
    ---
    service: t/s%1$d
    enabled: true
    requires: %2$s
    startd: {duration: transient}
    methods:
      start: {exec: 'sleep 0.%3$03d; echo s%1$d >> %4$s', timeout_seconds: 60}
      stop: {exec: 'echo s%1$d >> %5$s', timeout_seconds: 60}
    """
        .formatted(number, requires, millis, started, stopped);
  }

  private static void inOrder(List<String> lines, List<List<Integer>> needs, boolean reverse) {
    assertThat(lines).as("seed %d", SEED).hasSize(SERVICES).doesNotHaveDuplicates();
    for (int service = 0; service < SERVICES; service++) {
      for (int dependency : needs.get(service)) {
        int first = lines.indexOf("s" + (reverse ? service : dependency));
        int second = lines.indexOf("s" + (reverse ? dependency : service));
        assertThat(first).as("s%d needs s%d in %s", service, dependency, lines).isLessThan(second);
      }
    }
  }
}
