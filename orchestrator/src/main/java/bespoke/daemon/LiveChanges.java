package bespoke.daemon;

import bespoke.api.ChangeRecord;
import bespoke.api.ErrorKind;
import bespoke.api.MemberRecord;
import bespoke.api.ProblemRecord;
import bespoke.api.TransactionRequest;
import bespoke.change.Fact;
import bespoke.change.Member;
import bespoke.change.Standing;
import bespoke.control.Configuration;
import bespoke.control.Transactions;
import bespoke.model.Actor;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.plan.Plan;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Transactions of many services at once: one after the other, each remembered until its end and
/// afterwards.
final class LiveChanges implements Transactions {
  private static final long PATIENCE_SECONDS = 120;

  private final Repository repository;
  private final KnownDefinitions definitions;
  private final ServiceImport imports;
  private final ChangeStore store;
  private final ChangeFeed feed;
  private final ConfigurationGate gate;
  private final EngineLoop.Clock clock;
  private final BiConsumer<Boolean, String> log;
  private final Hands hands;
  private final ChangeProgress progress = new ChangeProgress();
  private @Nullable ChangeRun current;
  private boolean isDrafting;
  private boolean isEnding;
  private boolean isResuming;

  /// By what a change is carried out; a test of the daemon's death comes between.
  interface Hands {
    /// These.
    Hands OWN = new Hands() {};

    /// What changes the engine.
    default ChangeCarrier.Ground ground(ChangeCarrier.Ground usual) {
      return usual;
    }

    /// What remembers.
    default ChangeCarrier.Memory memory(ChangeCarrier.Memory usual) {
      return usual;
    }
  }

  /// @param log gets what a person should know; `true` for an error
  LiveChanges(
      Repository repository,
      KnownDefinitions definitions,
      ServiceImport imports,
      ChangeStore store,
      ChangeFeed feed,
      ConfigurationGate gate,
      EngineLoop.Clock clock,
      Hands hands,
      BiConsumer<Boolean, String> log) {
    this.hands = hands;
    this.repository = repository;
    this.definitions = definitions;
    this.imports = imports;
    this.store = store;
    this.feed = feed;
    this.gate = gate;
    this.clock = clock;
    this.log = log;
    store
        .unfinished()
        .ifPresent(entry -> {
          isResuming = true;
          gate.close(underWay(entry.number(), entry.asked().user()));
        });
  }

  /// Goes on with the change that an earlier daemon left, if there is one.
  synchronized void resume() {
    Optional<ChangeEntry> unfinished = store.unfinished();
    if (unfinished.isEmpty()) {
      return;
    }
    ChangeEntry entry = unfinished.get().died();
    log.accept(false, "going on with change " + entry.number() + ", which was " + entry.standing());
    try {
      store.put(entry);
    } catch (IOException e) {
      log.accept(true, "cannot remember change " + entry.number() + ": " + e.getMessage());
    }
    isResuming = false;
    start(entry, new Fact.Resumed(entry.standing(), entry.why(), entry.deaths()));
  }

  /// Lets the change that is under way rest until the next daemon goes on with it.
  void end() {
    ChangeRun run;
    synchronized (this) {
      isEnding = true;
      run = current;
    }
    if (run != null) {
      run.stop();
    }
    progress.end();
  }

  @Override
  public Begun begin(TransactionRequest.Make wish, Actor actor)
      throws Configuration.RefusedException {
    return switch (wish) {
      case TransactionRequest.ImportChange change -> {
        ChangeFiles read = ChangeFiles.read(change.files());
        yield read.problems().isEmpty()
            ? begin(ChangeTask.importing(read), wish, actor)
            : refused(read.problems());
      }
      case TransactionRequest.RevertChange change -> {
        Optional<Begun> takenBack = takeBack(change.number(), actor);
        yield takenBack.isPresent()
            ? takenBack.get()
            : begin(reverting(change.number()), wish, actor);
      }
    };
  }

  private static Begun refused(List<ProblemRecord> problems) {
    return new Begun(
        new Configuration.Report(List.of(), problems), Optional.empty(), Optional.empty());
  }

  /// Takes back the change that is under way, if it is this one.
  private synchronized Optional<Begun> takeBack(long number, Actor actor) {
    ChangeRun run = current;
    if (run == null || run.entry().number() != number) {
      return Optional.empty();
    }
    Progress follower = progress.follow(run);
    run.happened(new Fact.RollbackRequested(actor.user()));
    return Optional.of(
        new Begun(
            new Configuration.Report(List.of(), List.of()),
            Optional.of(shown(run.entry())),
            Optional.of(follower)));
  }

  private ChangeTask reverting(long number) throws Configuration.RefusedException {
    ChangeEntry entry = store.all().get(number);
    if (entry == null) {
      throw new Configuration.RefusedException(
          ErrorKind.NOT_FOUND, "there is no change " + number + "; svccfg changes lists them");
    }
    if (entry.standing() != Standing.COMPLETE) {
      throw new Configuration.RefusedException(
          ErrorKind.STATE,
          "change " + number + " is " + entry.standing() + ": nothing is left of it");
    }
    return ChangeTask.reverting(entry);
  }

  private Begun begin(ChangeTask task, TransactionRequest.Make wish, Actor actor)
      throws Configuration.RefusedException {
    long number = claim(actor);
    boolean goesOn = false;
    try {
      ChangeDrafting.Draft draft =
          new ChangeDrafting(repository, definitions, feed.statuses())
              .draft(task.planning().prepare(repository, imports));
      if (draft.isRefused() || draft.isNothing()) {
        return new Begun(draft.report(), Optional.empty(), Optional.empty());
      }
      ChangeEntry entry = entry(number, draft.content(), task.source(), wish, actor);
      Shown shown = shown(entry);
      synchronized (this) {
        Progress follower = start(entry, new Fact.Began());
        goesOn = true;
        return new Begun(draft.report(), Optional.of(shown), Optional.of(follower));
      }
    } catch (RepositoryException e) {
      throw new Configuration.RefusedException(ErrorKind.STATE, String.valueOf(e.getMessage()));
    } finally {
      release(goesOn);
    }
  }

  // --- what would happen

  @Override
  public Foreseen foresee(TransactionRequest.Make wish, Actor actor, Foresight foresight)
      throws Configuration.RefusedException {
    Optional<ChangeEntry> underWay = underWay();
    if (wish instanceof TransactionRequest.RevertChange revert
        && underWay.isPresent()
        && underWay.get().number() == revert.number()) {
      return foresee(underWay.get(), foresight);
    }
    refuseWhatIsUnderWay();
    ChangeTask task;
    switch (wish) {
      case TransactionRequest.ImportChange change -> {
        ChangeFiles read = ChangeFiles.read(change.files());
        if (!read.problems().isEmpty()) {
          return nothing(new Configuration.Report(List.of(), read.problems()));
        }
        task = ChangeTask.importing(read);
      }
      case TransactionRequest.RevertChange change -> task = reverting(change.number());
    }
    List<InstanceStatus> now = feed.statuses(); // before: the engine may wait for a rehearsal
    try (Repository rehearsal = repository.rehearsal()) {
      KnownDefinitions known = definitions.on(rehearsal);
      ChangeDrafting.Draft draft =
          new ChangeDrafting(rehearsal, known, now)
              .draft(task.planning().prepare(rehearsal, imports.on(rehearsal, known)));
      if (draft.isRefused() || draft.isNothing()) {
        return nothing(draft.report());
      }
      ChangeEntry entry = entry(0, draft.content(), task.source(), wish, actor);
      ForeseenChange change = new ForeseenChange(entry, new Fact.Began(), rehearsal, known, clock);
      Plan plan = foresight.of(change);
      return new Foreseen(
          draft.report(), Optional.of(planned(shown(entry, now))), plan, change.failure());
    } catch (RepositoryException e) {
      throw new Configuration.RefusedException(ErrorKind.STATE, String.valueOf(e.getMessage()));
    }
  }

  private static Foreseen nothing(Configuration.Report report) {
    return new Foreseen(report, Optional.empty(), Plan.EMPTY, "");
  }

  /// How the change that is under way would be taken back.
  private Foreseen foresee(ChangeEntry entry, Foresight foresight)
      throws Configuration.RefusedException {
    List<InstanceStatus> now = feed.statuses();
    try (Repository rehearsal = repository.rehearsal()) {
      Fact first = new Fact.Resumed(Standing.ROLLING_BACK, entry.why(), 0);
      ForeseenChange change =
          new ForeseenChange(entry, first, rehearsal, definitions.on(rehearsal), clock);
      Plan plan = foresight.of(change);
      return new Foreseen(
          new Configuration.Report(List.of(), List.of()), Optional.of(shown(entry, now)), plan, "");
    } catch (RepositoryException e) {
      throw new Configuration.RefusedException(ErrorKind.STATE, String.valueOf(e.getMessage()));
    }
  }

  private synchronized Optional<ChangeEntry> underWay() {
    return Optional.ofNullable(current).map(ChangeRun::entry);
  }

  private static Shown planned(Shown shown) {
    ChangeRecord it = shown.change();
    return new Shown(
        new ChangeRecord(
            0,
            "planned",
            "",
            it.user(),
            it.source(),
            it.comment(),
            it.beganEpochMillis(),
            0,
            it.instances(),
            it.waves(),
            0),
        shown.members());
  }

  private ChangeEntry entry(
      long number,
      ChangeEntry.Content content,
      String source,
      TransactionRequest.Make wish,
      Actor actor) {
    long patience = wish.patienceSeconds() == 0 ? PATIENCE_SECONDS : wish.patienceSeconds();
    return new ChangeEntry(
        number,
        new ChangeEntry.Asked(
            source,
            actor.user(),
            actor.commandLine(),
            wish.comment(),
            clock.epochMillis(),
            patience),
        content,
        Standing.APPLYING,
        "",
        0,
        0);
  }

  private synchronized long claim(Actor actor) throws Configuration.RefusedException {
    refuseWhatIsUnderWay();
    isDrafting = true;
    long number = store.next();
    gate.close(underWay(number, actor.user()));
    return number;
  }

  private synchronized void refuseWhatIsUnderWay() throws Configuration.RefusedException {
    ChangeRun run = current;
    if (isEnding) {
      throw new Configuration.RefusedException(
          ErrorKind.SHUTTING_DOWN, "the daemon is going down; try again");
    }
    if (run != null) {
      int wave = run.wave();
      throw new Configuration.RefusedException(
          ErrorKind.STATE,
          underWay(run.entry().number(), run.entry().asked().user())
              + (wave == 0 ? "" : " It is in wave " + wave + " of " + waves(run) + "."));
    }
    if (isResuming) {
      throw new Configuration.RefusedException(
          ErrorKind.STATE, "the daemon has just begun and goes on with another change; try again");
    }
    if (isDrafting) {
      throw new Configuration.RefusedException(
          ErrorKind.STATE, "another change is being worked out; try again");
    }
  }

  private static int waves(ChangeRun run) {
    return run.entry().content().waves();
  }

  private static String underWay(long number, String user) {
    return "cannot change the configuration: change "
        + number
        + " of "
        + user
        + " is under way; wait for it, or take it back with: svccfg change revert "
        + number
        + ".";
  }

  private synchronized void release(boolean goesOn) {
    isDrafting = false;
    if (!goesOn) {
      gate.open();
    }
  }

  private Progress start(ChangeEntry entry, Fact first) {
    ChangeRun run =
        new ChangeRun(
            entry,
            first,
            ground ->
                new ChangeCarrier(
                    repository,
                    definitions,
                    hands.ground(ground),
                    hands.memory(store::put),
                    clock,
                    entry),
            feed.engine(actor(entry)),
            log,
            progress::step);
    current = run;
    feed.follow(run);
    Progress follower = progress.follow(run);
    Thread.ofVirtual()
        .name("change-" + entry.number())
        .start(() -> {
          run.run();
          over(run);
        });
    return follower;
  }

  private static Actor actor(ChangeEntry entry) {
    return new Actor(
        entry.asked().user(),
        -1,
        -1,
        0,
        "change " + entry.number() + ": " + entry.asked().commandLine());
  }

  private void over(ChangeRun run) {
    synchronized (this) {
      if (run.entry().standing().isEnd()) {
        current = null;
        feed.unfollow();
        gate.open();
      }
    }
    progress.end();
  }

  // --- what is shown

  @Override
  public List<ChangeRecord> all() {
    List<ChangeRecord> records = new ArrayList<>();
    store.all().values().forEach(entry -> records.addFirst(ChangeRecords.of(entry)));
    return records;
  }

  @Override
  public Optional<Shown> show(long number) {
    Map<Long, ChangeEntry> all = store.all();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    long wanted = number == 0 ? all.keySet().stream().max(Long::compare).orElseThrow() : number;
    return Optional.ofNullable(all.get(wanted)).map(this::shown);
  }

  private Shown shown(ChangeEntry entry) {
    return shown(entry, feed.statuses());
  }

  private static Shown shown(ChangeEntry entry, List<InstanceStatus> now) {
    Map<InstanceFmri, InstanceStatus> statuses = new HashMap<>();
    now.forEach(status -> statuses.put(status.fmri(), status));
    List<MemberRecord> members = new ArrayList<>();
    for (Member member : entry.content().members()) {
      members.add(
          ChangeRecords.of(entry, member, Optional.ofNullable(statuses.get(member.instance()))));
    }
    return new Shown(ChangeRecords.of(entry), members);
  }
}
