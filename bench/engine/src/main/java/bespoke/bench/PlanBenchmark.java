package bespoke.bench;

import bespoke.engine.Engine;
import bespoke.engine.Event;
import bespoke.graph.SampleGraphs;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.plan.Behaviour;
import bespoke.plan.Durations;
import bespoke.plan.Plan;
import bespoke.plan.Present;
import bespoke.plan.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a plan costs: the copy of the engine, which is proportional to what it holds, and then the
/// planning of one change, which is proportional to what the change touches.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx2g"})
public class PlanBenchmark {
  @Param({"1000", "5000", "20000"})
  int services;

  private final InstanceFmri root = SampleGraphs.fmri(0);
  private InstanceFmri leaf = root;
  private Simulation running =
      new Simulation(new Engine(), 0, 0, fmri -> Behaviour.INSTANT, file -> false);
  private Present present = running.present();

  @Setup(Level.Trial)
  public void build() {
    running = new Simulation(new Engine(), 0, 0, fmri -> Behaviour.INSTANT, file -> false);
    List<Event.InstanceImport> imports =
        SampleGraphs.layered(services, 100, 3, 1).stream()
            .map(it ->
                new Event.InstanceImport(it, EnabledSetting.permanently(true), Optional.empty()))
            .toList();
    running.happen(new Event.DefinitionsImported(imports, List.of()), Optional.empty());
    running.run(Duration.ofHours(1), Integer.MAX_VALUE);
    leaf = SampleGraphs.fmri(services - 1);
  }

  /// A fresh copy for each plan, whose cost is not counted.
  @Setup(Level.Invocation)
  public void look() {
    present = running.present();
  }

  /// The copy of the engine that every plan begins with.
  @Benchmark
  public Present copy() {
    return present.copy();
  }

  /// The plan of a restart that nobody follows, without the copy.
  @Benchmark
  public Plan planLeaf() {
    return plan(new Event.RestartRequested(leaf, false));
  }

  /// The plan of disabling what the most depend on, without the copy.
  @Benchmark
  public Plan planRoot() {
    return plan(new Event.EnableRequested(root, false, false, ""));
  }

  private Plan plan(Event event) {
    return Plan.of(present, List.of(event), Durations.GUESSED, file -> false);
  }
}
