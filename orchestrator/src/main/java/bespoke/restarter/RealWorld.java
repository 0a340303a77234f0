package bespoke.restarter;

import bespoke.contract.ContractListener;
import bespoke.contract.Contracts;
import bespoke.engine.Decision;
import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import bespoke.os.Poller;
import bespoke.os.Signals;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Carries out the engine's decisions on this machine.
///
/// [#carryOut] is called from the engine's thread and returns at once: what concerns one instance
/// is done in order, what concerns different ones at the same time, by as many threads as there are
/// processors. Answers arrive at the [EventSink] from any thread.
public final class RealWorld implements AutoCloseable {

  private static final Duration BETWEEN_ROTATIONS = Duration.ofMinutes(1);

  /// How long work that was begun may take when the daemon ends.
  private static final Duration AT_THE_END = Duration.ofSeconds(2);

  private final EventSink events;
  private final DaemonLog daemonLog;
  private final ThreadPoolExecutor starters;
  private final Lanes<Object> lanes;
  private final Timers timers = new Timers();
  private final Undertakings undertakings = new Undertakings();
  private final InstanceLogs logs;
  private final FileObservations files;
  private final ReadinessChannels channels;
  private final Removals removals;
  private final ProbeRunner probes;
  private final Contracts contracts;
  private final MethodRunner methods;
  private final Adopter adopter;

  /// @param daemonLog where `WriteDaemonLog` and what is wrong with the machine go
  /// @param clock for the time in logs
  /// @param poller shared with the rest of the daemon; not closed here
  /// @param opening opens the contracts with the listener that it is given
  public RealWorld(
      RestarterSettings settings,
      Configuration configuration,
      EventSink events,
      DaemonLog daemonLog,
      Clock clock,
      Poller poller,
      Function<ContractListener, Contracts> opening) {
    this.events = events;
    this.daemonLog = daemonLog;
    this.starters = starters();
    this.lanes = new Lanes<>(starters, this::bug);
    this.logs = new InstanceLogs(settings, clock, daemonLog);
    this.files = new FileObservations(events, poller);
    this.channels =
        new ReadinessChannels(
            settings,
            configuration,
            events,
            undertakings,
            timers,
            poller,
            lanes,
            daemonLog,
            this::contracts);
    this.removals =
        new Removals(timers, lanes, () -> !starters.getQueue().isEmpty(), this::contracts);
    this.probes =
        new ProbeRunner(settings, configuration, events, logs, timers, Homes::of, this::contracts);
    this.contracts =
        opening.apply(
            new ContractReports(
                events, undertakings, lanes, logs, probes, channels, removals, this::contracts));
    this.methods =
        new MethodRunner(
            settings, configuration, events, contracts, undertakings, logs, channels, Homes::of);
    this.adopter = new Adopter(contracts, undertakings, channels, lanes, events);
    rotateSoon();
  }

  private static ThreadPoolExecutor starters() {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("starter-", 0).factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // only when it is closed
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /// The contracts, for those who list processes.
  public Contracts contracts() {
    return contracts;
  }

  /// Where the log of an instance is.
  public Path logPath(InstanceFmri instance) {
    return logs.path(instance);
  }

  /// Carries decisions out, or begins to; never blocks, never throws.
  public void carryOut(List<Decision> decisions) {
    decisions.forEach(this::carryOut);
  }

  private void carryOut(Decision decision) {
    switch (decision) {
      case Decision.RunMethod order -> lanes.add(order.instance(), () -> methods.run(order));
      case Decision.SignalContract order -> lanes.add(order.instance(), () -> signal(order));
      case Decision.KillContract order -> lanes.add(order.instance(), () -> kill(order));
      case Decision.AwaitEmpty order -> lanes.add(order.instance(), () -> awaitEmpty(order));
      case Decision.AbandonContract order -> lanes.add(order.instance(), () -> abandon(order));
      case Decision.RunProbe order -> lanes.add(order.instance(), () -> probes.run(order));
      case Decision.WriteLog order ->
          lanes.add(order.instance(), () -> logs.write(order.instance(), order.message()));
      case Decision.ScheduleTimer order -> schedule(order);
      case Decision.CancelTimer order -> timers.cancel(key(order.instance(), order.timer()));
      case Decision.WriteDaemonLog order ->
          lanes.add(daemonLog, () -> daemonLog.write(order.error(), order.message()));
      case Decision.WatchFile order -> files.watch(order.file(), order.cause());
      case Decision.UnwatchFile order -> files.unwatch(order.file());
      case Decision.RecordTransition _,
          Decision.RecordEnabled _,
          Decision.RecordMilestone _,
          Decision.TakeStartSnapshot _,
          Decision.SendToRestarter _,
          Decision.ForgetInstance _,
          Decision.CompleteShutdown _ -> {
        // the daemon's: they concern no process
      }
    }
  }

  private void signal(Decision.SignalContract order) {
    undertakings.use(order.instance(), order.contract(), order.contract()).disturbed(order.cause());
    OptionalInt number = Signals.number(order.signal());
    if (number.isEmpty()) {
      logs.write(
          order.instance(), "Unknown signal \"" + order.signal() + "\"; sending TERM instead.");
    }
    if (contracts.signal(order.contract(), number.orElse(Signals.TERM)) == 0) {
      contracts.awaitEmpty(order.contract());
    }
  }

  private void kill(Decision.KillContract order) {
    undertakings.use(order.instance(), order.contract(), order.contract()).killed(order.cause());
    contracts.kill(order.contract());
  }

  private void awaitEmpty(Decision.AwaitEmpty order) {
    undertakings.use(order.instance(), order.contract(), order.contract()).awaited(order.cause());
    contracts.awaitEmpty(order.contract());
  }

  private void abandon(Decision.AbandonContract order) {
    undertakings.forgetContract(order.contract());
    channels.forget(order.contract());
    contracts.abandon(order.contract());
  }

  private void schedule(Decision.ScheduleTimer order) {
    timers.schedule(
        key(order.instance(), order.timer()),
        order.delay(),
        () -> events.post(order.cause(), new Event.TimerFired(order.instance(), order.timer())));
  }

  private record TimerKey(InstanceFmri instance, long timer) {
    // see InstanceFmri
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof TimerKey that
          && timer == that.timer
          && instance.equals(that.instance);
    }

    @Override
    public int hashCode() {
      return 31 * instance.hashCode() + Long.hashCode(timer);
    }
  }

  private static Object key(InstanceFmri instance, long timer) {
    return new TimerKey(instance, timer);
  }

  /// Watches again what an earlier daemon left behind, and reports what happened meanwhile. To be
  /// called once, before the first decisions; whatever nobody adopts runs on unwatched, but for
  /// probes, which are killed.
  ///
  /// @return completed when all are watched and what happened meanwhile was posted
  public CompletableFuture<Void> adopt(Collection<Adoption> adoptions) {
    adoptions.forEach(adoption -> logs.adopt(adoption.instance()));
    return adopter.adopt(adoptions);
  }

  private void rotateSoon() {
    timers.schedule(
        this,
        BETWEEN_ROTATIONS,
        () -> {
          starters.execute(logs::rotate);
          rotateSoon();
        });
  }

  private void bug(Throwable failure) {
    daemonLog.write(true, "internal error in the restarter: " + failure);
    failure.printStackTrace();
  }

  /// Stops watching; processes and contracts stay as they are.
  @Override
  public void close() {
    timers.close();
    files.close();
    probes.close();
    channels.close();
    finishWork();
    removals.close();
    contracts.close();
  }

  private void finishWork() {
    starters.shutdown();
    try {
      boolean isDone = starters.awaitTermination(AT_THE_END.toMillis(), TimeUnit.MILLISECONDS);
      if (!isDone) {
        daemonLog.write(true, "some work of the restarter did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
