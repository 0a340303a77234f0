package bespoke.restarter;

import bespoke.contract.Contracts;
import bespoke.engine.Decision.RunMethod;
import bespoke.engine.Event;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.MethodKind;
import bespoke.model.Readiness;
import bespoke.model.definition.Values;
import bespoke.os.Accounts;
import bespoke.os.Descriptor;
import bespoke.os.Notification;
import bespoke.os.NotificationSocket;
import bespoke.os.Poller;
import bespoke.os.Processes;
import bespoke.os.ResourceShortage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How services say that they are ready: on the notification socket or on a descriptor of their
/// own.
///
/// What is said on the socket counts only if the kernel's word for the sender puts it into the
/// contract of a service that was told of the socket.
final class ReadinessChannels {

  /// The directory of the sockets in the run directory.
  static final String SOCKETS = "notify";

  private static final int SENDER_LOOKS_MAX = 100;

  private final Configuration configuration;
  private final EventSink events;
  private final Undertakings undertakings;
  private final Timers timers;
  private final Poller poller;
  private final Lanes<Object> lanes;
  private final DaemonLog daemonLog;
  private final Supplier<Contracts> contracts;
  private final Path socketDirectory;
  private final Map<Long, Hearing> hearings = new ConcurrentHashMap<>();
  private final Map<Long, ReadyDescriptor> descriptors = new ConcurrentHashMap<>();

  /// A service that is listened to.
  ///
  /// @param uid as whom it runs, or -1 when nobody knows
  private record Hearing(NotifyListener listener, NotificationSocket socket, long uid) {}

  ReadinessChannels(
      RestarterSettings settings,
      Configuration configuration,
      EventSink events,
      Undertakings undertakings,
      Timers timers,
      Poller poller,
      Lanes<Object> lanes,
      DaemonLog daemonLog,
      Supplier<Contracts> contracts) {
    this.configuration = configuration;
    this.events = events;
    this.undertakings = undertakings;
    this.timers = timers;
    this.poller = poller;
    this.lanes = lanes;
    this.daemonLog = daemonLog;
    this.contracts = contracts;
    this.socketDirectory = settings.runDirectory().resolve(SOCKETS);
  }

  /// What a method is given so that its service can say that it is ready.
  ///
  /// @param environment further variables
  /// @param descriptors further descriptors: the number in the process to ours
  /// @param ours closed when the process has its copy
  record Preparation(
      Map<String, String> environment, Map<Integer, Integer> descriptors, Optional<Descriptor> ours)
      implements AutoCloseable {
    private static final Preparation NOTHING =
        new Preparation(Map.of(), Map.of(), Optional.empty());

    Preparation {
      environment = Map.copyOf(environment);
      descriptors = Map.copyOf(descriptors);
    }

    @Override
    public void close() {
      ours.ifPresent(Descriptor::close);
    }
  }

  /// Gets ready to listen to what a method starts.
  ///
  /// @throws MethodNotRunException if that is not possible now
  Preparation prepare(RunMethod order, InstanceDefinition definition) throws MethodNotRunException {
    return switch (definition.readiness().kind()) {
      case METHOD, PROBE -> Preparation.NOTHING;
      case SD_NOTIFY -> notification(order, definition);
      case DESCRIPTOR ->
          order.kind() == MethodKind.START
              ? descriptor(order, definition.readiness())
              : Preparation.NOTHING;
    };
  }

  private Preparation notification(RunMethod order, InstanceDefinition definition)
      throws MethodNotRunException {
    Map<String, String> environment = new LinkedHashMap<>();
    Duration watchdog = watchdog(order.instance());
    if (order.kind() == MethodKind.START) {
      environment.put("NOTIFY_SOCKET", address(definition, order.contract()));
    } else {
      Hearing primary = hearings.get(order.primary().orElse(0));
      if (primary == null) {
        return Preparation.NOTHING;
      }
      environment.put("NOTIFY_SOCKET", primary.socket.address());
    }
    if (watchdog.isPositive()) {
      environment.put("WATCHDOG_USEC", Long.toString(watchdog.toNanos() / 1000));
    }
    return new Preparation(environment, Map.of(), Optional.empty());
  }

  private String address(InstanceDefinition definition, long contract)
      throws MethodNotRunException {
    try {
      return listen(definition, contract).socket.address();
    } catch (IOException | ResourceShortage e) {
      throw new MethodNotRunException(problem(e), true);
    }
  }

  private String problem(Exception e) {
    return "cannot open a notification socket in " + socketDirectory + ": " + e.getMessage();
  }

  private Hearing listen(InstanceDefinition definition, long contract) throws IOException {
    makeDirectory();
    InstanceFmri instance = definition.fmri();
    EventSink inOrder = (cause, event) -> lanes.add(instance, () -> events.post(cause, event));
    Hearing hearing =
        new Hearing(
            new NotifyListener(instance, contract, inOrder, timers, watchdog(instance)),
            new NotificationSocket(
                socketDirectory.resolve(Long.toString(contract)),
                poller,
                notification -> heard(contract, notification)),
            uid(definition));
    close(hearings.put(contract, hearing));
    return hearing;
  }

  /// Services of every user must reach their sockets, whatever our umask is.
  private void makeDirectory() throws IOException {
    if (!Files.isDirectory(socketDirectory)) {
      Files.createDirectories(socketDirectory);
      Files.setPosixFilePermissions(socketDirectory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static long uid(InstanceDefinition definition) {
    String user =
        definition.method(MethodKind.START).flatMap(method -> method.context().user()).orElse("");
    return Homes.account(user).map(Accounts.User::uid).orElse(-1L);
  }

  /// `readiness/watchdog_seconds`; zero when there is no watchdog.
  private Duration watchdog(InstanceFmri instance) {
    return configuration
        .running(instance)
        .flatMap(groups -> groups.single("readiness", "watchdog_seconds"))
        .flatMap(Values::seconds)
        .orElse(Duration.ZERO);
  }

  private Preparation descriptor(RunMethod order, Readiness readiness)
      throws MethodNotRunException {
    try {
      Descriptor.Pipe pipe = Descriptor.pipe();
      ReadyDescriptor ready =
          new ReadyDescriptor(pipe.reader(), () -> reportReady(order.instance(), order.contract()));
      ready.watch(poller);
      descriptors.put(order.contract(), ready);
      return new Preparation(
          Map.of(),
          Map.of(readiness.descriptor(), pipe.writer().number()),
          Optional.of(pipe.writer()));
    } catch (ResourceShortage e) {
      throw new MethodNotRunException(
          "cannot make the readiness descriptor: " + e.getMessage(), true);
    }
  }

  private void reportReady(InstanceFmri instance, long contract) {
    lanes.add(instance, () -> events.post(0, new Event.ReadinessReported(instance, contract)));
  }

  private void heard(long contract, Notification notification) {
    Hearing hearing = hearings.get(contract);
    if (hearing != null && mayBeHeard(contract, hearing, notification)) {
      hearing.listener.said(new NotifyMessage(notification.assignments()));
    }
  }

  /// A sender that is ending has no environment and soon no parent to know it by, so it is looked
  /// at until it is one thing or the other; what has ended counts if it had the service's user.
  private boolean mayBeHeard(long contract, Hearing hearing, Notification notification) {
    for (int i = 0; i < SENDER_LOOKS_MAX; i++) {
      OptionalLong sender = contracts.get().contractOf(notification.pid());
      if (sender.isPresent()) {
        ContractUse use = undertakings.contract(sender.getAsLong());
        return use != null && use.primary() == contract;
      }
      boolean isGone = Processes.stat(notification.pid()).map(Processes.Stat::isEnded).orElse(true);
      if (isGone) {
        return notification.uid() == hearing.uid;
      }
    }
    return false;
  }

  /// Listens again to a service that an earlier daemon started.
  ///
  /// @param isReady whether it had said that it is ready
  void adopt(InstanceFmri instance, long contract, boolean isReady) {
    Optional<InstanceDefinition> definition =
        configuration
            .definition(instance)
            .filter(found -> found.readiness().kind() == Readiness.Kind.SD_NOTIFY);
    if (definition.isEmpty()) {
      return;
    }
    try {
      Hearing hearing = listen(definition.get(), contract);
      if (isReady) {
        hearing.listener.alreadyReady();
      }
    } catch (IOException | ResourceShortage e) {
      daemonLog.write(true, problem(e));
    }
  }

  /// The contract is gone, or of no interest any more.
  void forget(long contract) {
    close(hearings.remove(contract));
    ReadyDescriptor descriptor = descriptors.remove(contract);
    if (descriptor != null) {
      poller.execute(descriptor::close);
    }
  }

  private void close(@Nullable Hearing hearing) {
    if (hearing != null) {
      hearing.listener.close();
      poller.execute(hearing.socket::close);
    }
  }

  /// Listens no more.
  void close() {
    List.copyOf(hearings.keySet()).forEach(this::forget);
  }
}
