package bespoke.bench;

import bespoke.graph.SampleGraphs;
import bespoke.graph.analysis.Cycles;
import bespoke.graph.analysis.Effect;
import bespoke.graph.analysis.Impact;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.graph.analysis.Occurrence;
import bespoke.graph.analysis.Orders;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/// Questions about a whole graph of 100,000 services.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx3g"})
public class GraphBenchmark {
  private static final int SERVICES = 100_000;

  private List<InstanceDefinition> definitions = List.of();
  private InstanceGraph graph = InstanceGraph.of(List.of());

  @Setup(Level.Trial)
  public void build() {
    definitions = SampleGraphs.layered(SERVICES, 1_000, 3, 1);
    graph = InstanceGraph.of(definitions);
  }

  /// The floor: visit every instance over the edges once, with a queue and a set.
  @Benchmark
  public int floor() {
    Set<InstanceFmri> seen = new HashSet<>();
    Deque<InstanceFmri> queue = new ArrayDeque<>();
    for (InstanceFmri instance : graph.instances()) {
      if (seen.add(instance)) {
        queue.add(instance);
      }
      while (!queue.isEmpty()) {
        graph
            .requirements()
            .outgoingEdgesOf(queue.remove())
            .forEach(edge -> {
              if (seen.add(edge.to())) {
                queue.add(edge.to());
              }
            });
      }
    }
    return seen.size();
  }

  @Benchmark
  public int build100k() {
    return InstanceGraph.of(definitions).instances().size();
  }

  @Benchmark
  public int cycles() {
    return Cycles.of(graph).size();
  }

  @Benchmark
  public int orders() {
    return Orders.of(graph).waves().size();
  }

  @Benchmark
  public int impactOfTheBottom() {
    List<Effect> effects =
        Impact.of(graph, SampleGraphs.fmri(0), Occurrence.DISABLED, fmri -> true);
    return effects.size();
  }
}
