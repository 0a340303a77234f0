package bespoke.ondemand.inetd;

import bespoke.model.InstanceFmri;
import bespoke.ondemand.Occasion;
import bespoke.ondemand.OnDemandRestarter;
import bespoke.ondemand.Runs;

/// The program svc.inetd: the restarter `svc:/network/inetd:default`.
public final class Inetd implements OnDemandRestarter.Kind {
  private Inetd() {}

  /// Runs it; see [OnDemandRestarter#run].
  ///
  /// @param arguments none
  public static void main(String[] arguments) {
    Runtime.getRuntime().halt(OnDemandRestarter.run(new Inetd(), System.getenv()));
  }

  @Override
  public String name() {
    return "svc.inetd";
  }

  @Override
  public Occasion occasion(InstanceFmri instance, Runs runs) {
    return new Listening(runs);
  }
}
