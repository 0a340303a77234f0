package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.BootStartRecord;
import bespoke.api.CriticalStepRecord;
import bespoke.api.GraphRequest;
import bespoke.api.json.JsonObject;
import bespoke.graph.SampleGraphs;
import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A random graph of 60 services on real processes.
class RandomBootTest {
  private static final int SIZE = 60;
  private static final int DURATION_MILLIS_MAX = 60;
  private static final long SEED = 20_261_124;

  @TempDir Path directory;

  @Test
  void sixtyServicesStartInOrderEachOnceAndTheirCriticalPathIsKnown() throws IOException {
    Path manifests = Files.createDirectory(directory.resolve("m"));
    List<InstanceDefinition> definitions = SampleGraphs.layered(SIZE, 6, 3, SEED);
    Files.writeString(manifests.resolve("all.yaml"), text(definitions));
    List<CriticalStepRecord> path = new ArrayList<>();
    List<BootStartRecord> predicted = new ArrayList<>();
    try (DaemonProcess daemon = DaemonProcess.start(directory.resolve("r"), manifests)) {
      String settled = daemon.awaitSettled();
      assertThat(settled).startsWith(SIZE + " services are online, 0 are not (");
      for (String line : daemon.ask(new GraphRequest.CriticalPath())) {
        JsonObject object = JsonObject.parse(line.getBytes(StandardCharsets.UTF_8));
        if (line.startsWith("{\"critical\"")) {
          path.add(CriticalStepRecord.from(object.object("critical")));
        }
      }
      for (String line : daemon.ask(new GraphRequest.Timeline(true, 0, List.of()))) {
        JsonObject object = JsonObject.parse(line.getBytes(StandardCharsets.UTF_8));
        if (line.startsWith("{\"bootstart\"")) {
          predicted.add(BootStartRecord.from(object.object("bootstart")));
        }
      }
      System.out.println(
          "60 services, seed " + SEED + ": " + settled + " critical path " + millis(path) + " ms");
    }
    assertInOrder(definitions, Files.readAllLines(directory.resolve("order")));
    assertThat(path).hasSizeGreaterThanOrEqualTo(2);
    assertThat(path.getFirst().fmri()).startsWith("svc:/t/s");
    assertThat(predicted).hasSize(SIZE).allMatch(BootStartRecord::learned);
    assertThat(predicted.stream().filter(BootStartRecord::critical).map(BootStartRecord::fmri))
        .as("what was learned from one boot predicts the same")
        .containsExactlyElementsOf(path.stream().map(CriticalStepRecord::fmri).toList());
  }

  private static long millis(List<CriticalStepRecord> path) {
    return path.stream().mapToLong(CriticalStepRecord::durationMillis).sum();
  }

  private static void assertInOrder(List<InstanceDefinition> definitions, List<String> order) {
    assertThat(order).hasSize(2 * SIZE).doesNotHaveDuplicates();
    Set<String> done = new HashSet<>();
    for (String line : order) {
      String name = line.substring(line.indexOf(' ') + 1);
      if (line.startsWith("end ")) {
        done.add(name);
      } else {
        assertThat(done).as(line).containsAll(needs(definitions, name));
      }
    }
  }

  private static Set<String> needs(List<InstanceDefinition> definitions, String name) {
    return definitions.stream()
        .filter(it -> name(it.fmri()).equals(name))
        .flatMap(it -> it.dependencies().stream())
        .flatMap(group -> group.entities().stream())
        .map(entity -> name((InstanceFmri) entity))
        .collect(Collectors.toSet());
  }

  private static String name(InstanceFmri fmri) {
    return fmri.service().substring("t/".length());
  }

  private String text(List<InstanceDefinition> definitions) {
    SplittableRandom random = new SplittableRandom(SEED);
    StringBuilder text = new StringBuilder();
    for (InstanceDefinition definition : definitions) {
      String name = name(definition.fmri());
      double seconds = random.nextInt(DURATION_MILLIS_MAX) / 1000.0;
      String order = directory.resolve("order").toString();
      text.append("---\nservice: t/").append(name).append("\nenabled: true\n");
      text.append("startd: {duration: transient}\nmethods:\n  start: {exec: \"echo begin ");
      text.append(name).append(" >> ").append(order).append("; sleep ").append(seconds);
      text.append("; echo end ").append(name).append(" >> ").append(order);
      text.append("\", timeout_seconds: 60}\n  stop: {exec: \":true\", timeout_seconds: 60}\n");
      for (Dependency group : definition.dependencies()) {
        String members =
            group.entities().stream().map(Entity::toString).collect(Collectors.joining("\", \""));
        text.append(
            "dependencies:\n  below: {grouping: require_all, restart_on: none, services: [\"");
        text.append(members).append("\"]}\n");
      }
    }
    return text.toString();
  }
}
