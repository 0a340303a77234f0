package bespoke.daemon;

import bespoke.engine.Decision;
import bespoke.os.Processes;
import bespoke.os.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A real daemon that is killed before its n-th decision is carried out.
final class DyingDaemon extends Daemon {
  private final int last;
  private int count;

  private DyingDaemon(int last, Options options, Layout layout) {
    super(options, layout, List.of(), new FileLimit(), System.nanoTime());
    this.last = last;
  }

  /// @param arguments the number, then those of `svc.startd`
  public static void main(String[] arguments) throws IOException {
    List<String> all = List.of(arguments);
    Options options = Options.parse(all.subList(1, all.size()));
    Layout layout = new Layout(Path.of(options.root()));
    layout.prepare();
    new DyingDaemon(Integer.parseInt(all.getFirst()), options, layout).run();
  }

  @Override
  EngineLoop.World worlds(EngineLoop.World router) {
    return decisions -> decisions.forEach(decision -> carryOut(router, decision));
  }

  private void carryOut(EngineLoop.World router, Decision decision) {
    if (++count == last) {
      System.out.println(
          "dying before decision " + count + ", " + decision.getClass().getSimpleName());
      System.out.flush();
      Signals.send(Processes.self(), Signals.KILL);
    }
    router.carryOut(List.of(decision));
  }
}
