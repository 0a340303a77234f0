package bespoke.ondemand.periodic;

import bespoke.model.InstanceFmri;
import bespoke.ondemand.Occasion;
import bespoke.ondemand.OnDemandRestarter;
import bespoke.ondemand.Runs;
import java.util.random.RandomGenerator;

/// The program svc.periodicd: the restarter `svc:/system/svc/periodic-restarter:default`.
public final class PeriodicRestarter implements OnDemandRestarter.Kind {
  private PeriodicRestarter() {}

  /// Runs it; see [OnDemandRestarter#run].
  ///
  /// @param arguments none
  public static void main(String[] arguments) {
    Runtime.getRuntime().halt(OnDemandRestarter.run(new PeriodicRestarter(), System.getenv()));
  }

  @Override
  public String name() {
    return "svc.periodicd";
  }

  @Override
  public Occasion occasion(InstanceFmri instance, Runs runs) {
    return new TimedRuns(runs, RandomGenerator.getDefault());
  }
}
