package bespoke.restarter;

import bespoke.contract.Contracts;
import bespoke.engine.Decision.RunMethod;
import bespoke.engine.Event;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.MethodKind;
import bespoke.model.Readiness;
import bespoke.os.Descriptor;
import bespoke.os.Notification;
import bespoke.os.NotificationSocket;
import bespoke.os.Poller;
import bespoke.os.ResourceShortage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
final class Readies {

  /// The name of the socket in the run directory.
  static final String SOCKET = "notify";

  private final Configuration configuration;
  private final EventSink events;
  private final Undertakings undertakings;
  private final Timers timers;
  private final Poller poller;
  private final Lanes<Object> lanes;
  private final DaemonLog daemonLog;
  private final Supplier<Contracts> contracts;
  private final Path socketPath;
  private final Map<Long, NotifyListener> listeners = new ConcurrentHashMap<>();
  private final Map<Long, ReadyDescriptor> descriptors = new ConcurrentHashMap<>();
  private @Nullable NotificationSocket socket;

  Readies(
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
    this.socketPath = settings.runDirectory().resolve(SOCKET);
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
    boolean isStart = order.kind() == MethodKind.START;
    return switch (definition.readiness().kind()) {
      case METHOD, PROBE -> Preparation.NOTHING;
      case SD_NOTIFY -> notification(order, isStart);
      case DESCRIPTOR -> isStart ? descriptor(order, definition.readiness()) : Preparation.NOTHING;
    };
  }

  private Preparation notification(RunMethod order, boolean isStart) throws MethodNotRunException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("NOTIFY_SOCKET", address());
    OptionalLong watchdog = watchdogSeconds(order.instance());
    watchdog.ifPresent(
        seconds -> environment.put("WATCHDOG_USEC", Long.toString(seconds * 1_000_000)));
    if (isStart) {
      listen(order.instance(), order.contract(), watchdog);
    }
    return new Preparation(environment, Map.of(), Optional.empty());
  }

  private NotifyListener listen(InstanceFmri instance, long contract, OptionalLong watchdog) {
    EventSink inOrder = (cause, event) -> lanes.add(instance, () -> events.post(cause, event));
    NotifyListener listener =
        new NotifyListener(instance, contract, inOrder, timers, watchdog.orElse(0) * 1_000_000_000);
    listeners.put(contract, listener);
    return listener;
  }

  /// `readiness/watchdog_seconds`: 1 to a year.
  private OptionalLong watchdogSeconds(InstanceFmri instance) {
    return configuration
        .running(instance)
        .flatMap(groups -> groups.single("readiness", "watchdog_seconds"))
        .filter(text -> text.matches("[0-9]{1,8}"))
        .map(Long::parseLong)
        .filter(seconds -> seconds > 0)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
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

  private synchronized String address() throws MethodNotRunException {
    try {
      return open().address();
    } catch (IOException | ResourceShortage e) {
      throw new MethodNotRunException(
          "cannot open the notification socket " + socketPath + ": " + e.getMessage(), true);
    }
  }

  private NotificationSocket open() throws IOException {
    if (socket == null) {
      Files.createDirectories(socketPath.toAbsolutePath().getParent());
      socket = new NotificationSocket(socketPath, poller, this::heard);
    }
    return socket;
  }

  private void heard(Notification notification) {
    OptionalLong contract = contracts.get().contractOf(notification.pid());
    ContractUse use = contract.isPresent() ? undertakings.contract(contract.getAsLong()) : null;
    NotifyListener listener = use == null ? null : listeners.get(use.primary());
    if (listener != null) {
      listener.said(new NotifyMessage(notification.assignments()));
    }
  }

  /// Listens again to a service that an earlier daemon started.
  ///
  /// @param isReady whether it had said that it is ready
  void adopt(InstanceFmri instance, long contract, boolean isReady) {
    boolean notifies =
        configuration
            .definition(instance)
            .map(definition -> definition.readiness().kind() == Readiness.Kind.SD_NOTIFY)
            .orElse(false);
    if (!notifies) {
      return;
    }
    try {
      synchronized (this) {
        open();
      }
      NotifyListener listener = listen(instance, contract, watchdogSeconds(instance));
      if (isReady) {
        listener.alreadyReady();
      }
    } catch (IOException | ResourceShortage e) {
      daemonLog.write(
          true, "cannot open the notification socket " + socketPath + ": " + e.getMessage());
    }
  }

  /// The contract is gone, or of no interest any more.
  void forget(long contract) {
    NotifyListener listener = listeners.remove(contract);
    if (listener != null) {
      listener.close();
    }
    ReadyDescriptor descriptor = descriptors.remove(contract);
    if (descriptor != null) {
      poller.execute(descriptor::close);
    }
  }

  /// Closes the socket; it stays in the file system for the next daemon.
  synchronized void close() {
    listeners.values().forEach(NotifyListener::close);
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
