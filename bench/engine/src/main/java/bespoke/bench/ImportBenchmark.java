package bespoke.bench;

import bespoke.graph.analysis.Cycles;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.manifest.ManifestBundle;
import bespoke.manifest.Manifests;
import bespoke.model.InstanceDefinition;
import bespoke.model.ServiceDescription;
import bespoke.model.definition.Definitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;

/// Reading 10,000 services from 100 YAML files and checking them for cycles, in a JVM that has just
/// started: nobody imports twice.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
    value = 5,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"})
public class ImportBenchmark {
  private static final int FILES = 100;
  private static final int SERVICES_PER_FILE = 100;

  private Path directory = Path.of("");

  @Setup(Level.Trial)
  public void write() throws IOException {
    directory = Files.createTempDirectory("import");
    SplittableRandom random = new SplittableRandom(1);
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < SERVICES_PER_FILE; i++) {
        append(text, file * SERVICES_PER_FILE + i, random);
      }
      Files.writeString(directory.resolve("bundle-" + file + ".yaml"), text);
    }
  }

  private static void append(StringBuilder text, int number, SplittableRandom random) {
    text.append("---\nservice: bench/s").append(number).append("\nenabled: true\n");
    if (number > 0) {
      text.append("dependencies:\n  below:\n    grouping: require_all\n    restart_on: restart\n")
          .append("    services: [bench/s")
          .append(random.nextInt(number))
          .append(", bench/s")
          .append(random.nextInt(number))
          .append("]\n");
    }
    text.append("methods:\n  start: {exec: \"/usr/bin/serve --port %{config/port}\",")
        .append(" timeout_seconds: 60}\n  stop: {exec: \":kill\", timeout_seconds: 30}\n")
        .append("property_groups:\n  config: {port: ")
        .append(1024 + number)
        .append("}\n");
  }

  @TearDown(Level.Trial)
  public void delete() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  /// The floor: read the files and let the YAML library find the events.
  @Benchmark
  public long floor() throws IOException {
    Parse parse = new Parse(LoadSettings.builder().build());
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().mapToLong(file -> events(parse, file)).sum();
    }
  }

  private static long events(Parse parse, Path file) {
    try {
      long count = 0;
      for (var event : parse.parseString(Files.readString(file))) {
        count += event.getEventId().ordinal() > 0 ? 1 : 0;
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Located, checked, typed, and known to be free of cycles.
  @Benchmark
  public int importAndCheck() {
    ManifestBundle bundle = Manifests.load(List.of(directory));
    Definitions reading = new Definitions();
    List<InstanceDefinition> definitions = new ArrayList<>();
    for (ServiceDescription service : bundle.services()) {
      for (ServiceDescription.InstanceDescription instance : service.instances()) {
        definitions.add(
            reading.read(
                service.fmri().instance(instance.name()),
                service.groups().overriddenBy(instance.groups()),
                instance.origin()));
      }
    }
    int cycles = Cycles.of(InstanceGraph.of(definitions)).size();
    if (definitions.size() != FILES * SERVICES_PER_FILE || cycles != 0) {
      throw new IllegalStateException(definitions.size() + " services, " + bundle.problems());
    }
    return definitions.size();
  }
}
