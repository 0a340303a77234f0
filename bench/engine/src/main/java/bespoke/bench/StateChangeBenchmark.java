package bespoke.bench;

import bespoke.engine.InstantWorld;
import bespoke.graph.SampleGraphs;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.RestartOn;
import bespoke.model.Severity;
import bespoke.model.Transition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// What one change of state costs the engine, and whether that grows with the graph.
///
/// A restart of an instance is four committed transitions: online to online*, to offline, to
/// offline*, to online. The score is the time of one.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx3g"})
public class StateChangeBenchmark {

  /// Transitions of one restart; [#restartLeaf] checks it.
  static final int TRANSITIONS = 4;

  /// Dependents of the hub.
  static final int DEPENDENTS = 637;

  @Param({"1000", "10000", "100000"})
  int services;

  private InstantWorld layered = new InstantWorld(List.of());
  private InstantWorld star = new InstantWorld(List.of());
  private InstanceFmri leaf = SampleGraphs.fmri(0);
  private final InstanceFmri hub = SampleGraphs.fmri(0);
  private final Map<InstanceFmri, int[]> counters = new HashMap<>();
  private InstanceFmri[] neighbours = {};

  @Setup(Level.Trial)
  public void build() {
    List<InstanceDefinition> definitions = SampleGraphs.layered(services, 100, 3, 1);
    layered = new InstantWorld(definitions);
    star = new InstantWorld(SampleGraphs.star(DEPENDENTS + 1, RestartOn.RESTART));
    leaf = SampleGraphs.fmri(services - 1);
    definitions.forEach(it -> counters.put(it.fmri(), new int[1]));
    neighbours =
        new InstanceFmri[] {leaf, SampleGraphs.fmri(1), SampleGraphs.fmri(2), SampleGraphs.fmri(3)};
    if (layered.online() != services || layered.restart(leaf) != TRANSITIONS) {
      throw new IllegalStateException("the graph did not come up as expected");
    }
  }

  /// The floor: find the instance and three neighbours by name, count one up in each, and make the
  /// record of a transition.
  @Benchmark
  public void floor(Blackhole hole) {
    for (InstanceFmri fmri : neighbours) {
      counters.get(fmri)[0]++;
    }
    hole.consume(
        new Transition(
            leaf,
            InstanceState.OFFLINE,
            InstanceState.ONLINE,
            null,
            AuxiliaryState.NONE,
            Severity.NONE,
            Optional.empty(),
            "",
            1,
            1));
  }

  /// An instance with three dependencies and no dependent.
  @Benchmark
  @OperationsPerInvocation(TRANSITIONS)
  public long restartLeaf() {
    return layered.restart(leaf);
  }

  /// An instance with 637 dependents that follow it; the score is the time of one transition.
  @Benchmark
  @OperationsPerInvocation(TRANSITIONS * (DEPENDENTS + 1))
  public long restartHub() {
    return star.restart(hub);
  }
}
