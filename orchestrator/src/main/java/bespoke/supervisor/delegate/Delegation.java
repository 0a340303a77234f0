package bespoke.supervisor.delegate;

import bespoke.delegate.InstanceReport;
import bespoke.delegate.RefusedException;
import bespoke.delegate.RestarterConnection;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.server.Loop;
import bespoke.supervisor.server.ManagedGroup;
import bespoke.supervisor.server.ManagedProcess;
import bespoke.supervisor.server.ServerState;
import bespoke.supervisor.server.Supervision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Keeps the daemon and the processes in step: orders one way, states the other.
///
/// The state is the loop's; the connection has threads of its own. When it ends it is opened again,
/// the programs are described again, and the daemon asks for all states.
public final class Delegation implements Supervision.Observer {
  /// How long a daemon that has gone is waited for between two looks.
  private static final long RECONNECT_NANOS = 1_000_000_000;

  /// What the daemon believes when it clears an instance, whatever we have told it.
  private static final InstanceReport MAINTENANCE =
      new InstanceReport("maintenance", "", "none", "none", "");

  private final Loop loop;
  private final Path socket;
  private final ProgramDescriptions descriptions;
  private final Map<String, InstanceView> views = new HashMap<>();
  private final Map<String, InstanceReport> lastReports = new HashMap<>();
  private final Requests requests;
  private @Nullable RestarterConnection connection;
  private @Nullable Supervision supervision;
  private String described = "";

  private Delegation(
      Loop loop, Path socket, String restarter, @Nullable RestarterConnection first) {
    this.loop = loop;
    this.socket = socket;
    connection = first;
    descriptions = new ProgramDescriptions(restarter);
    requests = new Requests(socket);
  }

  /// Registers as a restarter if the environment says that a service of bespoke starts us.
  ///
  /// @return empty when we stand alone
  public static Optional<Delegation> register(Loop loop, Map<String, String> environment) {
    String root = environment.getOrDefault("BESPOKE_ROOT", "");
    if (root.isEmpty() || !environment.containsKey("SMF_FMRI")) {
      return Optional.empty();
    }
    Path socket = Path.of(root, "run", "control.sock");
    try {
      RestarterConnection first = RestarterConnection.open(socket);
      return Optional.of(new Delegation(loop, socket, first.restarter(), first));
    } catch (RefusedException _) {
      return Optional.empty(); // a service like any other, whose programs are its own affair
    } catch (IOException _) {
      // the daemon is away: what runs is adopted, and the rest waits for it
      return Optional.of(
          new Delegation(loop, socket, environment.getOrDefault("SMF_FMRI", ""), null));
    }
  }

  /// Begins to take orders for a supervision; called on the loop, also after each restart.
  public void begin(Supervision current) {
    boolean isFirst = supervision == null;
    supervision = current;
    described = "";
    views.clear();
    lastReports.clear();
    if (isFirst) {
      Thread _ = Thread.ofVirtual().name("delegation").start(this::converse);
    } else {
      describe(current);
      current.processesInOrder().forEach(process -> report(process, false));
    }
  }

  private void converse() {
    RestarterConnection current = connection;
    while (true) {
      if (current != null) {
        RestarterConnection open = current;
        loop.execute(() -> connected(open));
        open.receive(
            (event, instance) -> loop.execute(() -> ordered(event, instance)),
            problem -> loop.execute(() -> log(problem)));
        loop.execute(() -> connection = null);
      }
      LockSupport.parkNanos(RECONNECT_NANOS);
      current = reopened();
    }
  }

  private @Nullable RestarterConnection reopened() {
    try {
      return RestarterConnection.open(socket);
    } catch (IOException _) {
      return null; // tried again
    }
  }

  private void connected(RestarterConnection open) {
    connection = open;
    described = "";
    if (supervision != null) {
      log("registered as restarter " + open.restarter());
      describe(supervision);
    }
  }

  private void log(String text) {
    if (supervision != null) {
      supervision.log().write(LogLevel.INFO, text);
    }
  }

  private void describe(Supervision current) {
    String yaml = descriptions.yaml(current.groups().stream().map(ManagedGroup::config).toList());
    if (connection != null && !yaml.equals(described)) {
      described = yaml;
      connection.describe(yaml);
    }
  }

  private InstanceView view(ManagedProcess process) {
    return views.computeIfAbsent(
        descriptions.instance(process.config()),
        _ -> new InstanceView(process.config().start().autostart()));
  }

  private void ordered(String event, String instance) {
    if (supervision == null) {
      return;
    }
    supervision.log().write(LogLevel.DEBUG, "order " + event + " for " + instance);
    List<ManagedProcess> all = supervision.processesInOrder();
    for (ManagedProcess process : all) {
      if (descriptions.instance(process.config()).equals(instance)) {
        carryOut(event, process);
        return;
      }
    }
  }

  private void carryOut(String event, ManagedProcess process) {
    switch (view(process).ordered(event, "")) {
      case START -> process.start();
      case STOP -> process.stop();
      case RESTART -> process.restart("an administrator asked for it");
      case NOTHING -> {
        // the report below tells how things are
      }
    }
    String instance = descriptions.instance(process.config());
    if (event.equals("add_instance")) {
      lastReports.remove(instance);
    }
    if (event.equals("admin_maint_off") || isDisabledOnceMore(event, instance)) {
      lastReports.put(instance, MAINTENANCE);
    }
    report(process, event.equals("admin_maint_off"));
  }

  /// Somebody disables what we have said is disabled: the daemon believes otherwise, since it was
  /// in maintenance when an earlier server ended.
  private boolean isDisabledOnceMore(String event, String instance) {
    InstanceReport last = lastReports.get(instance);
    return event.equals("admin_disable") && last != null && last.state().equals("disabled");
  }

  /// Reports what differs from the last report.
  private void report(ManagedProcess process, boolean cleared) {
    String instance = descriptions.instance(process.config());
    InstanceReport report = view(process).report(process.status(), cleared);
    InstanceReport last = lastReports.put(instance, report);
    if (connection == null || report.equals(last)) {
      return;
    }
    if (last != null && last.isMaintenance() && !report.isMaintenance()) {
      connection.report(instance, InstanceReport.UNINITIALIZED);
    }
    if (report.state().equals("online") && last != null && !last.isBeforeOnline()) {
      connection.report(instance, InstanceReport.STARTING);
    }
    connection.report(instance, report);
  }

  /// What somebody does past the daemon, with supervisorctl, becomes a request to the daemon: it is
  /// enabled or disabled until the next boot, and the daemon's order brings the report.
  @Override
  public void processChanged(ManagedProcess process) {
    if (supervision != null && supervision.state() != ServerState.RUNNING) {
      view(process).serverEnds();
    }
    String wish = view(process).wish(process.status());
    if (!wish.isEmpty() && connection != null) {
      String instance = descriptions.instance(process.config());
      requests.act(wish, instance, problem -> refused(wish, process, problem));
      return;
    }
    report(process, false);
  }

  private void refused(String wish, ManagedProcess process, String problem) {
    loop.execute(() -> {
      log("cannot " + wish + " " + descriptions.instance(process.config()) + ": " + problem);
      report(process, false);
    });
  }

  /// The daemon is asked to enable it, and its order starts it. A process that is online because it
  /// has finished is simply started, as is any while the daemon is away.
  @Override
  public CompletableFuture<String> startWished(ManagedProcess process) {
    InstanceView view = view(process);
    if (connection == null || view.isFinished(process.status())) {
      process.start();
      return CompletableFuture.completedFuture("");
    }
    String instance = descriptions.instance(process.config());
    var answer = new CompletableFuture<String>();
    var _ = process.when(status -> status.state().isRunning()).thenAccept(_ -> answer.complete(""));
    if (view.isInMaintenance(process.status())) {
      requests.act("clear", instance, _ -> {});
    }
    requests.act("enable", instance, problem -> loop.execute(() -> answer.complete(problem)));
    requests.watch(instance, answer::isDone, reason -> loop.execute(() -> answer.complete(reason)));
    return answer;
  }

  @Override
  public boolean stopWished(ManagedProcess process) {
    if (waitsFor(process).isEmpty()) {
      return false;
    }
    String instance = descriptions.instance(process.config());
    requests.act("disable", instance, problem -> refused("disable", process, problem));
    return true;
  }

  @Override
  public String waitsFor(ManagedProcess process) {
    return connection != null && view(process).isWaiting(process.status())
        ? "waits for its dependencies (svcs -x " + descriptions.instance(process.config()) + ")"
        : "";
  }

  @Override
  public void groupsChanged(Supervision current) {
    describe(current);
  }
}
