package bespoke.daemon;

import bespoke.control.Configuration;
import bespoke.engine.Event;
import bespoke.model.InstanceStatus;
import bespoke.os.SignalHandling;
import bespoke.restarter.RealWorld;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/// What the daemon does on a signal: TERM and INT stop everything in reverse order; each further
/// one kills what is still running; HUP looks at the manifest directories again.
final class Signals {
  private final EngineLoop loop;
  private final LiveMachine machine;
  private final RealWorld world;
  private final EngineSide engineSide;
  private final ConfigurationGate gate;
  private final BiConsumer<Boolean, String> log;
  private final AtomicInteger terminations = new AtomicInteger();

  Signals(
      EngineLoop loop,
      LiveMachine machine,
      RealWorld world,
      EngineSide engineSide,
      ConfigurationGate gate,
      BiConsumer<Boolean, String> log) {
    this.loop = loop;
    this.machine = machine;
    this.world = world;
    this.engineSide = engineSide;
    this.gate = gate;
    this.log = log;
  }

  void handle() {
    SignalHandling.handle("TERM", () -> terminate("TERM"));
    SignalHandling.handle("INT", () -> terminate("INT"));
    SignalHandling.handle("HUP", () -> Thread.ofVirtual().name("reread").start(this::reread));
  }

  private void terminate(String name) {
    if (terminations.getAndIncrement() == 0) {
      log.accept(false, "stopping all services because of signal " + name);
      loop.report(new Event.ShutdownRequested(), 0);
      return;
    }
    log.accept(true, "killing what is still running because of another signal " + name);
    for (InstanceStatus status : machine.statuses()) {
      status.runtime().contract().ifPresent(world.contracts()::kill);
      status.runtime().methodContract().ifPresent(world.contracts()::kill);
    }
  }

  private void reread() {
    try (ConfigurationGate.Pass _ =
        gate.enterWhenOpen(
            why -> log.accept(false, "the manifests will be read again a little later: " + why))) {
      Configuration.Report report = engineSide.reread(true, Optional.empty());
      report.problems().forEach(it -> log.accept(it.severity().equals("error"), it.toString()));
      log.accept(
          false,
          "read the manifests again because of signal HUP: "
              + report.imported().size()
              + " services or instances");
    } catch (Configuration.RefusedException e) {
      log.accept(true, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
