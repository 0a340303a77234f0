package bespoke.control;

import bespoke.api.OperandMatcher;
import bespoke.engine.Engine;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.EnabledSetting;
import bespoke.model.FileFmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.RuntimeState;
import bespoke.model.ServiceFmri;
import bespoke.plan.Present;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Instances in a map, requests in a list.
final class FakeMachine implements Machine, OperandMatcher.Catalogue {
  private final Map<InstanceFmri, InstanceStatus> instances = new TreeMap<>();
  final CompletableFuture<Boolean> daemonRestarted = new CompletableFuture<>();
  private final LinkedBlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<ContractNotice> contractNotices = new LinkedBlockingQueue<>();
  final List<Event.Requested> requests = new CopyOnWriteArrayList<>();
  final FakeDelegation delegation = new FakeDelegation();
  volatile Optional<InstanceFmri> resident = Optional.empty();
  final List<Actor> actors = new CopyOnWriteArrayList<>();

  FakeMachine with(InstanceDefinition definition, InstanceState state, boolean enabled) {
    return with(definition, state, null, enabled);
  }

  synchronized FakeMachine with(
      InstanceDefinition definition,
      InstanceState state,
      @Nullable InstanceState next,
      boolean enabled) {
    RuntimeState initial = RuntimeState.initial(1000);
    RuntimeState runtime =
        new RuntimeState(
            state,
            next,
            initial.auxiliary(),
            Optional.empty(),
            1000,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            0,
            List.of(),
            0,
            "",
            "");
    instances.put(
        definition.fmri(),
        new InstanceStatus(definition, EnabledSetting.permanently(enabled), runtime, 1));
    return this;
  }

  void announce(Notice notice) {
    notices.add(notice);
  }

  @Override
  public synchronized List<InstanceStatus> statuses() {
    return List.copyOf(instances.values());
  }

  @Override
  public synchronized Optional<InstanceStatus> status(InstanceFmri fmri) {
    return Optional.ofNullable(instances.get(fmri));
  }

  @Override
  public synchronized List<InstanceFmri> instancesOf(ServiceFmri service) {
    return instances.keySet().stream().filter(it -> it.serviceFmri().equals(service)).toList();
  }

  @Override
  public boolean exists(FileFmri file) {
    return false;
  }

  @Override
  public OperandMatcher.Catalogue catalogue() {
    return this;
  }

  @Override
  public boolean hasInstance(String fmri) {
    return statuses().stream().anyMatch(it -> it.fmri().toString().equals(fmri));
  }

  @Override
  public Collection<String> instancesOf(String serviceFmri) {
    return statuses().stream()
        .filter(it -> it.fmri().serviceFmri().toString().equals(serviceFmri))
        .map(it -> it.fmri().toString())
        .toList();
  }

  @Override
  public Iterable<String> all() {
    return statuses().stream().map(it -> it.fmri().toString()).toList();
  }

  @Override
  public boolean isSettled() {
    return true;
  }

  @Override
  public void request(Event.Requested event, Actor actor) {
    requests.add(event);
    actors.add(actor);
  }

  @Override
  public Runnable restartDaemon(Actor actor) {
    return () -> daemonRestarted.complete(true);
  }

  @Override
  public void report(OutputStream out) throws IOException {
    out.write("a report".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Watch watch(int backlog) {
    return new Watch(
        statuses(),
        new Subscription<>() {
          @Override
          public Optional<Notice> next(Duration patience) throws InterruptedException {
            return Optional.ofNullable(notices.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
          }

          @Override
          public void close() {}
        });
  }

  @Override
  public Subscription<ContractNotice> contractEvents(int backlog) {
    return new Subscription<>() {
      @Override
      public Optional<ContractNotice> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(
            contractNotices.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Present present() {
    Engine engine = new Engine();
    List<Event.InstanceImport> imports =
        statuses().stream()
            .map(it ->
                new Event.InstanceImport(it.definition(), it.enabled(), Optional.of(it.runtime())))
            .toList();
    engine.handle(
        new Envelope(
            1, 1000, 0, 0, Optional.empty(), new Event.DefinitionsImported(imports, List.of())));
    return new Present(engine, 1000, 0, 1);
  }

  @Override
  public Delegation delegation() {
    return delegation;
  }

  @Override
  public String logFile(InstanceFmri fmri) {
    return "/log/" + fmri.logFileName();
  }

  @Override
  public List<String> unavailableLimits(InstanceStatus status) {
    return List.of();
  }

  @Override
  public List<Long> members(long contract) {
    return List.of();
  }

  @Override
  public String contractBackEnd() {
    return "tracking";
  }

  @Override
  public Optional<InstanceFmri> instanceOf(long pid) {
    return resident;
  }
}
