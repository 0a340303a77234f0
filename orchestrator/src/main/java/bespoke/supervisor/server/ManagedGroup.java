package bespoke.supervisor.server;

import bespoke.supervisor.config.GroupConfig;
import bespoke.supervisor.config.GroupKind;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.ProcessConfig;
import bespoke.supervisor.event.EventPool;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The processes of one group, with what they share: a listening socket or an event pool.
public final class ManagedGroup {
  private final World world;
  private GroupConfig config;
  private final Consumer<ManagedProcess> onChange;
  private final @Nullable FcgiListener socket;
  private final @Nullable EventPool pool;
  private final Map<String, ManagedProcess> processes = new LinkedHashMap<>();

  /// @param left what an earlier server left running, by `group:process`
  /// @param onChange called after each change of a process
  ///
  /// @throws IOException if a socket or an automatic log cannot be made
  ManagedGroup(
      World world,
      GroupConfig config,
      Map<String, ProcessRecord> left,
      Consumer<ManagedProcess> onChange)
      throws IOException {
    this.world = world;
    this.config = config;
    this.onChange = onChange;
    socket =
        config.kind() instanceof GroupKind.Fcgi(var address) ? new FcgiListener(address) : null;
    pool =
        config.kind() instanceof GroupKind.Pool kind
            ? new EventPool(
                config.name(),
                world.configuration().server().identifier(),
                kind.events(),
                kind.bufferSize(),
                kind.countsCharacters())
            : null;
    if (socket != null) {
      int _ = socket.acquire(); // finds mistakes early
      socket.release();
    }
    for (ProcessConfig process : config.processes()) {
      ProcessRecord found = left.get(config.name() + ":" + process.name());
      processes.put(process.name(), new ManagedProcess(world, this, process, found));
    }
    if (pool != null) {
      world.events().add(new EventBus.Subscriber(config.name(), pool, this::dispatch));
    }
  }

  public String name() {
    return config.name();
  }

  public GroupConfig config() {
    return config;
  }

  /// By priority, then name.
  public Collection<ManagedProcess> processes() {
    return Collections.unmodifiableCollection(processes.values());
  }

  public Optional<ManagedProcess> process(String name) {
    return Optional.ofNullable(processes.get(name));
  }

  public boolean isStopped() {
    return processes.values().stream().allMatch(process -> process.status().state().isStopped());
  }

  /// Whether a new configuration can be taken process by process: without a shared socket or pool.
  boolean canChangeTo(GroupConfig next) {
    return socket == null && pool == null && next.kind() instanceof GroupKind.Plain;
  }

  /// The processes that a new configuration removes or changes.
  public List<ManagedProcess> concernedBy(GroupConfig next) {
    return processes.values().stream()
        .filter(process -> !next.processes().contains(process.config()))
        .toList();
  }

  /// Takes a new configuration; the processes that it concerns must be stopped.
  ///
  /// @return those that are new; none of them is started
  /// @throws IOException if an automatic log cannot be made
  List<ManagedProcess> change(GroupConfig next) throws IOException {
    for (ManagedProcess process : concernedBy(next)) {
      processes.remove(process.config().name());
      process.dispose();
    }
    config = next;
    Map<String, ManagedProcess> staying = new HashMap<>(processes);
    processes.clear();
    for (ProcessConfig process : next.processes()) {
      ManagedProcess stays = staying.get(process.name());
      processes.put(
          process.name(), stays != null ? stays : new ManagedProcess(world, this, process, null));
    }
    return processes.values().stream()
        .filter(process -> !staying.containsKey(process.config().name()))
        .toList();
  }

  /// Takes over what an earlier server left running.
  void adopt(Map<String, ProcessRecord> left) {
    for (ManagedProcess process : processes.values()) {
      ProcessRecord record = left.get(config.name() + ":" + process.config().name());
      if (record != null) {
        process.adopt(record, restartReason(process.config(), record));
      }
    }
  }

  private String restartReason(ProcessConfig process, ProcessRecord record) {
    if (pool != null) {
      return "a listener cannot go on in the middle of a conversation";
    }
    if (socket != null) {
      return "its socket is made anew";
    }
    return record.digest().equals(ConfigDigest.of(process)) ? "" : "its configuration has changed";
  }

  void processChanged(ManagedProcess process) {
    onChange.accept(process);
  }

  /// A conversation for a process of an event pool; null for any other.
  @Nullable ListenerSession newSession(ManagedProcess process) {
    if (pool == null) {
      return null;
    }
    return new ListenerSession(
        config.name(),
        pool,
        world.events(),
        () -> world.loop().execute(this::dispatch),
        () ->
            world
                .log()
                .write(
                    LogLevel.WARN,
                    process.config().name()
                        + ": bad result line or unexpected output; the listener"
                        + " gets no more events until it is restarted"));
  }

  private void dispatch() {
    for (ManagedProcess process : processes.values()) {
      if (pool == null || pool.isEmpty()) {
        return;
      }
      process.offerEvent();
    }
  }

  /// The listening socket for descriptor 0; empty if the group has none.
  OptionalInt acquireSocket() throws IOException {
    return socket == null ? OptionalInt.empty() : OptionalInt.of(socket.acquire());
  }

  void releaseSocket() {
    if (socket != null) {
      socket.release();
    }
  }

  /// Lets go of everything; all processes must be stopped.
  void dispose() {
    processes.values().forEach(ManagedProcess::dispose);
    if (pool != null) {
      world.events().remove(pool);
    }
  }
}
