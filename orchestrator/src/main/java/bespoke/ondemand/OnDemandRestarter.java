package bespoke.ondemand;

import bespoke.contract.ContractListener;
import bespoke.contract.Contracts;
import bespoke.contract.ContractsOpening;
import bespoke.contract.KnownProcess;
import bespoke.contract.ProcessExit;
import bespoke.delegate.OwnedProperties;
import bespoke.delegate.RestarterConnection;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.os.Poller;
import bespoke.os.Processes;
import bespoke.restarter.DelegatedMethods;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A restarter process: one loop that owns everything, a thread that speaks with the daemon, and
/// contracts for what the methods start.
///
/// Exit status: 2 when it was not started by svc.startd, 1 when it cannot begin; it never ends by
/// itself otherwise.
public final class OnDemandRestarter {
  private static final long RECONNECT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Duration ROTATION = Duration.ofMinutes(10);

  private final Kind kind;
  private final Path socket;
  private final InstanceFmri restarter;
  private final Poller loop = new Poller();
  private final Map<InstanceFmri, OwnedInstance> instances =
      new TreeMap<>(java.util.Comparator.comparing(InstanceFmri::toString));
  private final Map<Long, OwnedInstance> owners = new HashMap<>();
  private final ArmedRecords records;
  private final DaemonConfiguration configuration;
  private final DelegatedMethods methods;
  private final Contracts contracts;
  private @Nullable RestarterConnection connection;
  private long lastContract;
  private long lastRun;

  /// What kind of restarter it is.
  public interface Kind {
    /// The program's name, also that of its directory under the root's `run`.
    String name();

    /// Makes what an instance waits for.
    Occasion occasion(InstanceFmri instance, Runs runs);
  }

  private OnDemandRestarter(Kind kind, Path root, InstanceFmri restarter, List<String> environment)
      throws IOException {
    this.kind = kind;
    this.socket = root.resolve("run").resolve("control.sock");
    this.restarter = restarter;
    Path directory = root.resolve("run").resolve(kind.name());
    records = new ArmedRecords(directory, Processes.bootId());
    configuration = new DaemonConfiguration(new OwnedProperties(socket));
    methods =
        new DelegatedMethods(
            root, environment, configuration, restarter, Clock.system(ZoneId.systemDefault()));
    contracts =
        new ContractsOpening(directory, ContractsOpening.Choice.BEST, listener()).open(loop);
    lastContract = contracts.leftBehind().stream().mapToLong(Long::longValue).max().orElse(0);
    lastRun = System.currentTimeMillis();
  }

  /// Runs a restarter until it is killed.
  ///
  /// @return the exit status
  public static int run(Kind kind, Map<String, String> environment) {
    String root = environment.getOrDefault("BESPOKE_ROOT", "");
    String fmri = environment.getOrDefault("SMF_FMRI", "");
    if (root.isEmpty() || !(parse(fmri) instanceof InstanceFmri restarter)) {
      System.err.println(
          kind.name()
              + ": cannot run by itself: svc.startd starts it as the start method of a service;"
              + " try: svcadm enable "
              + (kind.name().equals("svc.inetd")
                  ? "network/inetd"
                  : "system/svc/periodic-restarter"));
      return 2;
    }
    try {
      List<String> entries = new ArrayList<>();
      environment.forEach((name, value) -> {
        if (name.startsWith("BESPOKE_") || name.equals("LANG") || name.equals("TZ")) {
          entries.add(name + "=" + value);
        }
      });
      new OnDemandRestarter(kind, Path.of(root), restarter, entries).converse();
      return 0;
    } catch (IOException e) {
      System.err.println(kind.name() + ": cannot begin: " + e.getMessage());
      return 1;
    }
  }

  private static @Nullable Fmri parse(String text) {
    try {
      return Fmri.parse(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private ContractListener listener() {
    return new ContractListener() {
      @Override
      public void processStarted(long contract, long run, KnownProcess process) {
        // the answer to the launch says so
      }

      @Override
      public void processExited(ProcessExit exit) {
        loop.execute(() -> {
          OwnedInstance owner = owners.get(exit.contract());
          if (owner != null && exit.run().isPresent()) {
            owner.exited(exit);
          }
        });
      }

      @Override
      public void contractEmptied(long contract) {
        loop.execute(() -> {
          OwnedInstance owner = owners.remove(contract);
          if (owner != null) {
            contracts.remove(contract);
            owner.emptied(contract);
          }
        });
      }
    };
  }

  /// Speaks with the daemon, again and again.
  private void converse() {
    rotate();
    while (true) {
      try {
        RestarterConnection open = RestarterConnection.open(socket);
        loop.execute(() -> connection = open);
        open.receive(
            (event, instance) -> loop.execute(() -> ordered(event, instance)),
            problem -> System.err.println(kind.name() + ": " + problem));
        loop.execute(() -> connection = null);
      } catch (IOException e) {
        // the daemon is away or does not know us yet; what is armed stays so
      }
      LockSupport.parkNanos(RECONNECT_NANOS);
    }
  }

  private void rotate() {
    methods.rotateLogs();
    loop.after(ROTATION, this::rotate);
  }

  private void ordered(String event, String text) {
    if (!(parse(text) instanceof InstanceFmri fmri)) {
      return;
    }
    instances.computeIfAbsent(fmri, this::owned).ordered(event);
  }

  private OwnedInstance owned(InstanceFmri fmri) {
    OwnedInstance instance = new OwnedInstance(fmri, this, records.read(fmri).armed());
    for (long contract : records.read(fmri).contracts()) {
      if (contracts.leftBehind().contains(contract)) {
        instance.found(contract, adopted -> contracts.adopt(adopted, List.of()));
      }
    }
    return instance;
  }

  // --- what an instance may use, all on the loop

  Kind kind() {
    return kind;
  }

  Poller loop() {
    return loop;
  }

  Contracts contracts() {
    return contracts;
  }

  DelegatedMethods methods() {
    return methods;
  }

  DaemonConfiguration configuration() {
    return configuration;
  }

  ArmedRecords records() {
    return records;
  }

  InstanceFmri restarter() {
    return restarter;
  }

  Optional<RestarterConnection> connection() {
    return Optional.ofNullable(connection);
  }

  long nextContract(OwnedInstance owner) {
    owners.put(++lastContract, owner);
    return lastContract;
  }

  void own(long contract, OwnedInstance owner) {
    lastContract = Math.max(lastContract, contract);
    owners.put(contract, owner);
  }

  long nextRun() {
    return ++lastRun;
  }

  void disown(long contract) {
    owners.remove(contract);
    contracts.remove(contract);
  }

  void forget(OwnedInstance instance) {
    instances.remove(instance.fmri());
    configuration.forget(instance.fmri());
    records.delete(instance.fmri());
  }
}
