package bespoke.contract;

import bespoke.contract.ContractsOpening.Choice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A program that nobody special runs: takes the best back end, starts a daemon, tries to become
/// somebody else, and kills everything.
final class UnprivilegedWalk {
  private UnprivilegedWalk() {}

  public static void main(String[] arguments) {
    RecordedEvents events = new RecordedEvents();
    try (Contracts contracts =
        new ContractsOpening(Path.of(arguments[0]), Choice.BEST, events).open()) {
      System.out.println(contracts.backEnd());
      List<String> environment = List.of("PATH=/usr/bin:/bin");
      Launch daemon =
          Launch.of(
              1,
              List.of("/bin/sh", "-c", "(setsid sh -c 'sleep 1000 & sleep 1000' &); exit 4"),
              environment);
      contracts.launch(1, daemon);
      System.out.println(events.awaitExitOfRun(1).outcome());
      Launch asRoot =
          Launch.of(2, List.of("true"), environment).withCredentials(Credentials.ofUser("root"));
      System.out.println(contracts.launch(1, asRoot));
      Launch asOurselves =
          Launch.of(3, List.of("true"), environment)
              .withCredentials(Credentials.ofUser(Long.toString(OurIdentity.uid())))
              .withUmask(077)
              .withNice(10);
      contracts.launch(1, asOurselves);
      System.out.println(events.awaitExitOfRun(3).outcome());
      Launch better = Launch.of(4, List.of("true"), environment).withNice(-5);
      System.out.println(contracts.launch(1, better));
      contracts.kill(1);
      events.awaitEmptied(1);
      System.out.println(contracts.members(1));
      System.out.println(Optional.of(contracts.remove(1)));
    }
    System.exit(0);
  }
}
