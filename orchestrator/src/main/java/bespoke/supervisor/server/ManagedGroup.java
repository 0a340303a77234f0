package bespoke.supervisor.server;

import bespoke.supervisor.config.GroupConfig;
import bespoke.supervisor.config.GroupKind;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.ProcessConfig;
import bespoke.supervisor.event.EventPool;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The processes of one group, with what they share: a listening socket or an event pool.
public final class ManagedGroup {
  private final World world;
  private final GroupConfig config;
  private final Runnable onChange;
  private final @Nullable FcgiListener socket;
  private final @Nullable EventPool pool;
  private final Map<String, ManagedProcess> processes = new LinkedHashMap<>();

  /// @param onChange called after each change of a process
  ///
  /// @throws IOException if a socket or an automatic log cannot be made
  ManagedGroup(World world, GroupConfig config, Runnable onChange) throws IOException {
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
      processes.put(process.name(), new ManagedProcess(world, this, process));
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

  void processChanged() {
    onChange.run();
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
