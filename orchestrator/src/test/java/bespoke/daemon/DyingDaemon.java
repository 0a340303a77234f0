package bespoke.daemon;

import bespoke.engine.Decision;
import java.io.IOException;
import java.util.List;

/// Dies before a decision is carried out.
final class DyingDaemon extends DoomedDaemon {
  private DyingDaemon(Sentence sentence) {
    super(sentence);
  }

  public static void main(String[] arguments) throws IOException {
    new DyingDaemon(Sentence.of(arguments)).run();
  }

  @Override
  EngineLoop.World worlds(EngineLoop.World router) {
    return decisions -> decisions.forEach(decision -> carryOut(router, decision));
  }

  private void carryOut(EngineLoop.World router, Decision decision) {
    step("decision", decision.getClass().getSimpleName());
    router.carryOut(List.of(decision));
  }
}
