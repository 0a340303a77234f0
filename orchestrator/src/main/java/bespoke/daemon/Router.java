package bespoke.daemon;

import bespoke.engine.Decision;
import bespoke.restarter.RealWorld;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Hands decisions to who carries them out.
final class Router implements EngineLoop.World {
  private final RealWorld world;
  private final DelegatedRestarters restarters;
  private final CompletableFuture<Integer> ended;

  /// @param ended completed with the exit status when everything is down
  Router(RealWorld world, DelegatedRestarters restarters, CompletableFuture<Integer> ended) {
    this.world = world;
    this.restarters = restarters;
    this.ended = ended;
  }

  @Override
  public void carryOut(List<Decision> decisions) {
    world.carryOut(decisions);
    for (Decision decision : decisions) {
      if (decision instanceof Decision.SendToRestarter order) {
        restarters.send(order);
      } else if (decision instanceof Decision.CompleteShutdown) {
        ended.complete(Daemon.EXIT_OK);
      }
    }
  }
}
