package bespoke.supervisor.server;

import bespoke.supervisor.config.Configuration;
import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.GroupConfig;
import bespoke.supervisor.config.GroupKind;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.event.EventTexts;
import bespoke.supervisor.event.EventType;
import bespoke.supervisor.event.Notification;
import bespoke.supervisor.log.ActivityLog;
import bespoke.supervisor.process.Moment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All groups of one server, from one (re)start to the next. All methods are for the loop.
public final class Supervision {
  /// Is told what changes.
  public interface Observer {
    /// A process is in another state.
    void processChanged(ManagedProcess process);

    /// A group was added, changed or removed.
    void groupsChanged(Supervision current);

    /// Somebody wishes that a process runs; it is started when its dependencies let it.
    ///
    /// @return completes with an empty text when it is started or will be by itself, else with what
    ///   it waits for until somebody does something about that
    CompletableFuture<String> startWished(ManagedProcess process);

    /// Somebody wishes that a process that does not run does not start either.
    ///
    /// @return whether it was to be started
    boolean stopWished(ManagedProcess process);

    /// What a stopped process waits for; empty if it is not to run.
    String waitsFor(ManagedProcess process);
  }

  private static final Map<EventType, Integer> TICKS =
      Map.of(EventType.TICK_5, 5, EventType.TICK_60, 60, EventType.TICK_3600, 3600);

  /// Start order: by priority, then name.
  private static final Comparator<ManagedGroup> ORDER =
      (one, other) -> GroupConfig.ORDER.compare(one.config(), other.config());

  private final World world;
  private final ConfigurationSource source;
  private final Consumer<ServerState> onStopped;
  private final Map<String, ManagedGroup> groups = new TreeMap<>();
  private Configuration lastRead;
  private ServerState state = ServerState.RUNNING;
  private @Nullable Observer observer;
  private @Nullable ManagedGroup stopping;

  /// What a shutdown has not stopped yet, in the order of starts.
  private final Deque<ManagedGroup> toStop = new ArrayDeque<>();

  private boolean stopped;
  private @Nullable Rehearsal rehearsal;

  /// @param privateDirectory null if none could be made
  /// @param onStopped called once when everything is stopped, with [ServerState#RESTARTING] or
  ///   [ServerState#SHUTDOWN]
  public Supervision(
      Loop loop,
      ActivityLog log,
      ContractDesk contracts,
      Supplier<Moment> clock,
      Configuration configuration,
      @Nullable PrivateDirectory privateDirectory,
      Map<String, String> environment,
      ConfigurationSource source,
      Consumer<ServerState> onStopped) {
    world =
        new World(
            loop,
            log,
            new EventBus(loop, log),
            contracts,
            clock,
            configuration,
            privateDirectory,
            environment);
    this.source = source;
    this.onStopped = onStopped;
    lastRead = configuration;
  }

  /// Makes all groups, takes over what an earlier server left running, and starts what starts by
  /// itself.
  ///
  /// @param left the records of an earlier server that was killed
  public void begin(List<ProcessRecord> left) {
    Map<String, ProcessRecord> alive = new HashMap<>();
    for (ProcessRecord record : left) {
      if (record.isAlive()) {
        alive.put(record.group() + ":" + record.name(), record);
      }
    }
    Set<Long> strangers = new TreeSet<>(world.contracts().leftBehind());
    for (GroupConfig group : world.configuration().groups()) {
      try {
        ManagedGroup made = make(group, alive);
        made.adopt(alive);
        for (ManagedProcess process : made.processes()) {
          strangers.remove(process.contract());
        }
      } catch (IOException e) {
        log(LogLevel.CRITICAL, "cannot make group " + group.name() + ": " + e);
      }
    }
    strangers.forEach(world.contracts()::discard);
    forgetDead(left);
    world.events().publish(new Notification(EventType.SUPERVISOR_STATE_CHANGE_RUNNING, ""));
    TICKS.forEach(this::scheduleTick);
    together(() -> inOrder().forEach(this::autostart));
    rehearsal = Rehearsal.soon(world);
  }

  /// Does something that starts many processes, which takes less time than one after another.
  public void together(Runnable starts) {
    world.contracts().together(starts);
  }

  private void forgetDead(List<ProcessRecord> left) {
    if (left.isEmpty() || world.privateDirectory() == null) {
      return;
    }
    try {
      world.privateDirectory().journal().forgetOthers();
    } catch (IOException e) {
      log(LogLevel.WARN, "cannot shorten the list of what runs: " + e);
    }
  }

  /// Lets somebody else decide when processes start; before [#begin].
  public void observe(Observer newObserver) {
    observer = newObserver;
  }

  public Configuration configuration() {
    return world.configuration();
  }

  /// The configuration as it was last read; may be newer than what runs.
  public Configuration lastRead() {
    return lastRead;
  }

  public ServerState state() {
    return state;
  }

  public ActivityLog log() {
    return world.log();
  }

  public Moment now() {
    return world.clock().get();
  }

  /// All groups, by name.
  public Collection<ManagedGroup> groups() {
    return groups.values();
  }

  public Optional<ManagedGroup> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  /// All processes, by priority and name of their groups, then of themselves.
  public List<ManagedProcess> processesInOrder() {
    var all = new ArrayList<ManagedProcess>();
    inOrder().forEach(group -> all.addAll(group.processes()));
    return all;
  }

  /// Tells event listeners.
  public void publish(Notification notification) {
    world.events().publish(notification);
  }

  /// Reads the configuration again, changing nothing.
  public GroupDifference reread() throws ConfigurationException {
    lastRead = source.read();
    return GroupDifference.between(
        groups.values().stream().map(ManagedGroup::config).toList(), lastRead);
  }

  /// Makes a group of the configuration last read and starts what starts by itself.
  ///
  /// @throws IOException if a socket or an automatic log cannot be made
  public void add(GroupConfig config) throws IOException {
    ManagedGroup group = make(config, Map.of());
    autostart(group);
    groupsChanged();
  }

  /// Which processes of a group must be stopped before [#change].
  public List<ManagedProcess> concerned(ManagedGroup group, GroupConfig next) {
    return group.canChangeTo(next) ? group.concernedBy(next) : List.copyOf(group.processes());
  }

  /// Gives a group another configuration, touching no process that stays as it is.
  ///
  /// @param wereRunning names of processes that are started again whatever `autostart` says
  /// @throws IOException if a socket or an automatic log cannot be made
  public void change(ManagedGroup group, GroupConfig next, Set<String> wereRunning)
      throws IOException {
    if (group.canChangeTo(next)) {
      List<ManagedProcess> fresh = group.change(next);
      groupsChanged();
      for (ManagedProcess process : fresh) {
        boolean wasRunning = wereRunning.contains(process.config().name());
        if (wasRunning || (decidesAlone(group) && process.config().start().autostart())) {
          var _ = start(process);
        }
      }
    } else {
      remove(group);
      add(next);
    }
  }

  /// Forgets a group; all its processes must be stopped.
  public void remove(ManagedGroup group) {
    groups.remove(group.name());
    group.dispose();
    groupsChanged();
    publish(EventTexts.processGroup(EventType.PROCESS_GROUP_REMOVED, group.name()));
  }

  /// Stops everything, the last started first, one group after another.
  ///
  /// @param then [ServerState#RESTARTING] or [ServerState#SHUTDOWN]
  public void stop(ServerState then) {
    if (state == ServerState.RESTARTING && then == ServerState.SHUTDOWN) {
      state = then; // all is being stopped already, and nothing is to follow
    }
    if (state != ServerState.RUNNING) {
      return;
    }
    state = then;
    if (rehearsal != null) {
      rehearsal.end();
    }
    publish(new Notification(EventType.SUPERVISOR_STATE_CHANGE_STOPPING, ""));
    processesInOrder().forEach(ManagedProcess::beginShutdown);
    toStop.addAll(inOrder());
    stopNextGroup();
  }

  /// Opens all logs anew.
  public void reopenLogs() {
    world.log().reopen();
    log(LogLevel.INFO, "supervisord logreopen");
    groups.values().forEach(group -> group.processes().forEach(ManagedProcess::reopenLogs));
  }

  private ManagedGroup make(GroupConfig config, Map<String, ProcessRecord> left)
      throws IOException {
    var group = new ManagedGroup(world, config, left, this::processChanged);
    groups.put(config.name(), group);
    publish(EventTexts.processGroup(EventType.PROCESS_GROUP_ADDED, config.name()));
    return group;
  }

  /// Starts a process, or has it started when it may.
  ///
  /// @return see [Observer#startWished]
  public CompletableFuture<String> start(ManagedProcess process) {
    if (observer != null && !decidesAlone(groups.get(process.groupName()))) {
      return observer.startWished(process);
    }
    process.start();
    return CompletableFuture.completedFuture("");
  }

  /// Lets a process that does not run yet not start any more.
  ///
  /// @return whether it was to be started
  public boolean forgetStart(ManagedProcess process) {
    return observer != null
        && !decidesAlone(groups.get(process.groupName()))
        && observer.stopWished(process);
  }

  /// What a stopped process waits for; empty if nothing is known.
  public String waitsFor(ManagedProcess process) {
    return observer == null ? "" : observer.waitsFor(process);
  }

  /// Whether nobody else says when the processes of a group start. Event listeners are the server's
  /// own affair.
  private boolean decidesAlone(@Nullable ManagedGroup group) {
    return observer == null || group == null || group.config().kind() instanceof GroupKind.Pool;
  }

  private void autostart(ManagedGroup group) {
    if (!decidesAlone(group)) {
      return;
    }
    for (ManagedProcess process : group.processes()) {
      if (process.config().start().autostart()) {
        process.start();
      }
    }
  }

  private List<ManagedGroup> inOrder() {
    return groups.values().stream().sorted(ORDER).toList();
  }

  private void groupsChanged() {
    if (observer != null && !stopped) {
      observer.groupsChanged(this);
    }
  }

  private void processChanged(ManagedProcess process) {
    if (observer != null && !decidesAlone(groups.get(process.groupName()))) {
      observer.processChanged(process);
    }
    if (state != ServerState.RUNNING && stopping != null && stopping.isStopped()) {
      stopNextGroup();
    }
  }

  private void stopNextGroup() {
    while (!stopped) {
      while (!toStop.isEmpty() && toStop.getLast().isStopped()) {
        toStop.removeLast();
      }
      if (toStop.isEmpty()) {
        finish();
        return;
      }
      ManagedGroup last = toStop.getLast();
      if (last == stopping) {
        return;
      }
      stopping = last;
      log(LogLevel.INFO, "waiting for " + last.name() + " to stop");
      last.processes().forEach(ManagedProcess::stop);
      if (!last.isStopped()) {
        return;
      }
    }
  }

  private void finish() {
    stopped = true;
    stopping = null;
    List.copyOf(groups.values()).forEach(ManagedGroup::dispose);
    groups.clear();
    onStopped.accept(state);
  }

  private void scheduleTick(EventType type, int periodSeconds) {
    long seconds = now().epochSeconds();
    long next = (seconds / periodSeconds + 1) * periodSeconds;
    var _ =
        world
            .loop()
            .after(
                Duration.ofSeconds(next - seconds),
                () -> {
                  if (!stopped) {
                    long when = now().epochSeconds() / periodSeconds * periodSeconds;
                    publish(EventTexts.tick(type, when));
                    scheduleTick(type, periodSeconds);
                  }
                });
  }

  private void log(LogLevel level, String text) {
    world.log().write(level, text);
  }
}
