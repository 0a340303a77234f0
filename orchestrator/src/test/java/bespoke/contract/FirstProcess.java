package bespoke.contract;

import bespoke.contract.ContractsOpening.Choice;
import bespoke.os.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A program that is process 1, starts 500 children that fork twice, and counts what is left.
final class FirstProcess {
  private static final int CHILDREN = 500;

  private FirstProcess() {}

  public static void main(String[] arguments) {
    RecordedEvents events = new RecordedEvents();
    Choice choice = Choice.valueOf(arguments[1]);
    Contracts contracts = new ContractsOpening(Path.of(arguments[0]), choice, events).open();
    String script = "(setsid sh -c 'sleep 0.05' & sleep 0.02 &); exit 3";
    for (int i = 0; i < CHILDREN; i++) {
      contracts.launch(
          1, Launch.of(i, List.of("/bin/sh", "-c", script), List.of("PATH=/usr/bin:/bin")));
    }
    // something else in the same process, such as a library, may start processes too
    int wrong = 0;
    for (int i = 0; i < 20; i++) {
      wrong += foreignStatus() == 7 ? 0 : 1;
    }
    events.await(
        _ -> events.exits().stream().filter(exit -> exit.run().isPresent()).count() == CHILDREN);
    contracts.awaitEmpty(1);
    events.awaitEmptied(1);
    for (int i = 0; i < 2000 && Processes.ourChildren().findAny().isPresent(); i++) {
      LockSupport.parkNanos(5_000_000);
    }
    long zombies =
        Processes.all()
            .filter(pid -> Processes.stat(pid).filter(Processes.Stat::isEnded).isPresent())
            .count();
    System.out.printf(
        "pid %d, started %d, wrong %d, zombies %d, children %d%n",
        Processes.self(), CHILDREN, wrong, zombies, Processes.ourChildren().count());
    contracts.remove(1);
    contracts.close();
  }

  private static int foreignStatus() {
    try {
      return new ProcessBuilder("/bin/sh", "-c", "exit 7").start().waitFor();
    } catch (IOException | InterruptedException problem) {
      throw new IllegalStateException(problem);
    }
  }
}
