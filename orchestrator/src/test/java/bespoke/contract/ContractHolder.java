package bespoke.contract;

import bespoke.contract.ContractsOpening.Choice;
import java.nio.file.Path;
import java.util.List;

/// A program that starts a process in each of three contracts, says so, and waits to be killed.
final class ContractHolder {
  private ContractHolder() {}

  public static void main(String[] arguments) throws Exception {
    RecordedEvents events = new RecordedEvents();
    Choice choice = Choice.valueOf(arguments[1]);
    Contracts contracts = new ContractsOpening(Path.of(arguments[0]), choice, events).open();
    List<String> scripts =
        List.of(
            "exec sleep 1000",
            "(setsid sh -c 'sleep 1000 & sleep 1000' &) ; exec sleep 1000",
            "sleep 1000");
    for (int i = 0; i < scripts.size(); i++) {
      long contract = i + 1L;
      Launch launch =
          Launch.of(
              contract, List.of("/bin/sh", "-c", scripts.get(i)), List.of("PATH=/usr/bin:/bin"));
      if (contracts.launch(contract, launch) instanceof Launched.Started(KnownProcess process)) {
        System.out.println(process.run() + " " + process.pid() + " " + process.startTime());
      }
    }
    System.out.println("ready");
    Thread.currentThread().join();
  }
}
