package bespoke.daemon;

import bespoke.engine.Decision;
import bespoke.engine.Engine;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.journal.Journal;
import bespoke.model.Actor;
import bespoke.repository.ImportPlan;
import bespoke.repository.Repository;
import bespoke.repository.RootLock;
import bespoke.repository.VolatileStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A daemon in slow motion: the real stores, the real start and the real loop on the thread of the
/// test, a [ToyMachine] in the place of processes. It can be killed at every write and before every
/// decision that is carried out.
final class SteppedDaemon implements AutoCloseable {
  private static final Set<String> WRITES =
      Set.of("setEnabled", "takeStartSnapshots", "edit", "refresh", "importServices");
  static final Actor ANNA = new Actor("anna", 1000, 1000, 42, "svcadm");
  private static final int STEPS_MAX = 10_000;

  final Repository repository;
  final Journal journal;
  final VolatileStore store;
  final Engine engine = new Engine();
  final EngineLoop loop;
  final ManifestImport manifests;
  private final RootLock lock;
  private final ToyMachine machine;
  private final CrashPoints points;
  private final Inbox inbox = new Inbox(1000);
  private final List<String> complaints = new ArrayList<>();

  private SteppedDaemon(
      Path root, Path services, String boot, ToyMachine machine, CrashPoints points)
      throws IOException {
    this.machine = machine;
    this.points = points;
    new Layout(root).prepare();
    lock = RootLock.acquire(root);
    repository = watched(Repository.class, Repository.open(lock));
    store = VolatileStore.open(new Layout(root).volatileState(), boot);
    journal = Journal.open(new Layout(root).journal());
    KnownDefinitions definitions =
        new KnownDefinitions(CompletableFuture.completedFuture(repository), this::complain);
    manifests =
        new ManifestImport(
            repository,
            new ServiceImport(repository, definitions, _ -> List.of()),
            new ManifestDirectories(List.of(services)));
    loop =
        new EngineLoop(
            engine,
            inbox,
            new DurableLedger(store, repository, new WatchedJournal(), this::complain),
            machine,
            new Ignorant(),
            machine,
            journal.lastId());
    machine.dieAt(points);
    try {
      start(definitions);
    } catch (CrashPoints.Killed killed) {
      close();
      throw killed;
    }
  }

  /// Starts one.
  ///
  /// @throws CrashPoints.Killed if it dies in its start; its files are as they were then
  static SteppedDaemon start(
      Path root, Path services, String boot, ToyMachine machine, CrashPoints points)
      throws IOException {
    return new SteppedDaemon(root, services, boot, machine, points);
  }

  private void start(KnownDefinitions definitions) throws IOException {
    Start start = new Start(repository, store, definitions, this::complain);
    start.load();
    start.importChanges(manifests);
    loop.report(start.began(), 0);
    loop.report(start.everything(), 0);
    machine.adopt(start.adoptions());
    settle();
  }

  private void complain(boolean error, String text) {
    complaints.add(text);
  }

  /// Everything that follows happens.
  void settle() {
    for (int i = 0; i < STEPS_MAX; i++) {
      turn();
      if (machine.isDown() || !machine.step((cause, event) -> loop.report(event, cause))) {
        turn();
        return;
      }
    }
    throw new AssertionError("it does not settle: " + engine.statuses());
  }

  /// So many things happen.
  void steps(int count) {
    for (int i = 0; i < count; i++) {
      turn();
      machine.step((cause, event) -> loop.report(event, cause));
    }
    turn();
  }

  private void turn() {
    try {
      while (!inbox.isEmpty()) {
        loop.turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// What a person asks for.
  ///
  /// @return whether the answer was that it is done
  boolean request(Event.Requested event) {
    CompletableFuture<Long> answered = loop.request(event, Optional.of(ANNA)).orElseThrow();
    turn();
    return answered.isDone() && !answered.isCompletedExceptionally();
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// The journal, with a place to die before and after each write.
  private final class WatchedJournal implements DurableLedger.Journalling {
    @Override
    public void append(Envelope envelope, List<Decision> decisions) {
      journal.append(envelope, decisions);
    }

    @Override
    public void flush() {
      points.reach("before journal");
      try {
        journal.flush();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      points.reach("after journal");
    }
  }

  private static final class Ignorant implements EngineLoop.Listener {
    @Override
    public void changing() {}

    @Override
    public void handled(Envelope envelope, List<Decision> decisions) {}

    @Override
    public void rested(Engine engine) {}

    @Override
    public void failed(Throwable bug) {
      throw new AssertionError(bug);
    }
  }

  /// The same with a place to die before and after each write.
  private <T> T watched(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              boolean isWrite =
                  WRITES.contains(method.getName()) || method.getName().equals("commit");
              if (isWrite) {
                points.reach("before " + method.getName());
              }
              Object answer;
              try {
                answer = method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (isWrite) {
                points.reach("after " + method.getName());
              }
              return answer instanceof ImportPlan plan ? watched(ImportPlan.class, plan) : answer;
            }));
  }

  /// Lets go of its files without another word to anybody.
  @Override
  public void close() {
    // the volatile store and the journal are left as a killed process leaves them
    try {
      repository.close();
      lock.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
