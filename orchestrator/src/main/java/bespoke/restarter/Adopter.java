package bespoke.restarter;

import bespoke.contract.Contracts;
import bespoke.contract.KnownProcess;
import bespoke.engine.Event;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.os.Processes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Takes over what an earlier daemon left behind.
final class Adopter {

  private final Contracts contracts;
  private final Undertakings undertakings;
  private final ReadinessChannels channels;
  private final Lanes<Object> lanes;
  private final EventSink events;

  Adopter(
      Contracts contracts,
      Undertakings undertakings,
      ReadinessChannels channels,
      Lanes<Object> lanes,
      EventSink events) {
    this.contracts = contracts;
    this.undertakings = undertakings;
    this.channels = channels;
    this.lanes = lanes;
    this.events = events;
  }

  CompletableFuture<Void> adopt(Collection<Adoption> adoptions) {
    leave(adoptions);
    List<CompletableFuture<Void>> under = new ArrayList<>(adoptions.size());
    for (Adoption adoption : adoptions) {
      undertakings.use(adoption.instance(), adoption.contract(), adoption.primary());
      CompletableFuture<Void> done = new CompletableFuture<>();
      under.add(done);
      lanes.add(adoption.instance(), () -> adopt(adoption, done));
    }
    return CompletableFuture.allOf(under.toArray(CompletableFuture<?>[]::new));
  }

  /// Leaves alone what nobody takes over: before anything else, since what follows an adoption may
  /// be a start in a contract that was only prepared.
  private void leave(Collection<Adoption> adoptions) {
    Set<Long> unclaimed = new HashSet<>(contracts.leftBehind());
    adoptions.forEach(adoption -> unclaimed.remove(adoption.contract()));
    for (long contract : unclaimed) {
      if (ProbeRunner.isProbe(contract)) {
        contracts.kill(contract);
      } else {
        contracts.abandon(contract);
      }
    }
  }

  private void adopt(Adoption adoption, CompletableFuture<Void> done) {
    try {
      adopt(adoption);
    } finally {
      done.complete(null);
    }
  }

  private void adopt(Adoption adoption) {
    contracts.adopt(adoption.contract(), members -> known(adoption, members));
    if (adoption.contract() == adoption.primary()) {
      channels.adopt(adoption.instance(), adoption.contract(), adoption.isReady());
    }
    contracts.awaitEmpty(adoption.contract());
  }

  /// The process of the run that was under way; when there is none any more, that is told.
  private List<KnownProcess> known(Adoption adoption, List<Long> members) {
    if (adoption.run().isEmpty()) {
      return List.of();
    }
    long run = adoption.run().getAsLong();
    undertakings.begin(
        new ActiveRun(
            adoption.instance(),
            run,
            adoption.kind(),
            adoption.contract(),
            adoption.isService(),
            adoption.cause()),
        adoption.primary());
    List<KnownProcess> processes = processes(adoption, run, members);
    if (processes.isEmpty()) {
      undertakings.end(run);
      events.post(
          adoption.cause(),
          new Event.MethodExited(
              adoption.instance(), run, outcome(adoption, members), OptionalInt.empty()));
    } else if (adoption.kind() == MethodKind.START && adoption.pid().isEmpty()) {
      long pid = processes.getFirst().pid(); // the daemon died before it could be told
      events.post(adoption.cause(), new Event.MethodStarted(adoption.instance(), run, pid));
    }
    return processes;
  }

  /// A start of which nothing is left may never have begun: the daemon can die between the decision
  /// and the process. What left processes behind has at least been run.
  private static MethodOutcome outcome(Adoption adoption, List<Long> members) {
    boolean isStarting = adoption.kind() == MethodKind.START && !adoption.isReady();
    boolean isKnownToRun = adoption.isService() && adoption.pid().isPresent();
    return isStarting && members.isEmpty() && !isKnownToRun
        ? new MethodOutcome.NotRun("the daemon ended while the start method was under way", true)
        : new MethodOutcome.Unknown();
  }

  /// The process of the run, if it is still there. A pid counts only as long as it is a member:
  /// otherwise it is a stranger's by now.
  private static List<KnownProcess> processes(Adoption adoption, long run, List<Long> members) {
    OptionalLong pid = adoption.pid().isPresent() ? adoption.pid() : leader(members);
    return pid.isPresent() && members.contains(pid.getAsLong())
        ? List.of(
            new KnownProcess(run, pid.getAsLong(), Processes.startTime(pid.getAsLong()).orElse(0)))
        : List.of();
  }

  /// The process of a method leads a session of its own; when the daemon died before it could write
  /// the pid down, the oldest such process of the contract is it.
  private static OptionalLong leader(List<Long> members) {
    return members.stream()
        .map(Processes::stat)
        .flatMap(Optional::stream)
        .filter(stat -> stat.session() == stat.pid() && !stat.isEnded())
        .min(Comparator.comparingLong(Processes.Stat::startTime))
        .map(stat -> OptionalLong.of(stat.pid()))
        .orElse(OptionalLong.empty());
  }
}
