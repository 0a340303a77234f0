package bespoke.daemon;

import bespoke.engine.Decision;
import bespoke.engine.Engine;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.engine.Milestone;
import bespoke.model.Actor;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Origin;
import bespoke.repository.EnabledOverride;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import bespoke.repository.VolatileStore;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Writes down what happened: every fact into the journal, what changed of an instance into the
/// volatile store, permanent settings into the repository.
///
/// The order within a batch: journal and volatile store first (they survive the daemon), then the
/// repository (it survives power loss). What was still on its way there when the daemon died stands
/// in the volatile store as a [PendingSetting]; the next daemon carries it over, so that both are
/// old or both are new. A store that cannot be written (no space) makes the request fail; the
/// daemon goes on with what it knows and tries again with the next batch.
final class DurableLedger implements Ledger {
  static final String MILESTONE = "milestone";
  static final String NUMBER = "number";
  static final String CONTRACT = "contract";

  /// Numbers are reserved in blocks, so that not every timer costs a record.
  private static final long BLOCK = 10_000;

  private final VolatileStore store;
  private final Repository repository;
  private final Journalling journal;
  private final BiConsumer<Boolean, String> log;
  private final Map<InstanceFmri, EnabledSetting> permanent = new LinkedHashMap<>();
  private final Set<InstanceFmri> started = new LinkedHashSet<>();
  private Origin by = Origin.UNKNOWN;
  private long reserved;
  private long contract;
  private boolean broken;

  /// Where envelopes are kept.
  interface Journalling {
    /// Appends one fact and what was decided.
    void append(Envelope envelope, List<Decision> decisions);

    /// Hands what was appended to the kernel.
    void flush();
  }

  /// @param log gets what goes wrong; `true` for an error
  DurableLedger(
      VolatileStore store,
      Repository repository,
      Journalling journal,
      BiConsumer<Boolean, String> log) {
    this.store = store;
    this.repository = repository;
    this.journal = journal;
    this.log = log;
    this.reserved = store.counter(NUMBER);
    this.contract = store.counter(CONTRACT);
  }

  @Override
  public boolean write(Engine engine, Envelope envelope, List<Decision> decisions) {
    journal.append(envelope, decisions);
    boolean isChange = envelope.event() instanceof Event.DefinitionsImported;
    for (Decision decision : decisions) {
      note(envelope, decision);
      isChange |=
          decision instanceof Decision.RecordTransition
              || decision instanceof Decision.RecordEnabled
              || decision instanceof Decision.ForgetInstance;
    }
    List<InstanceStatus> touched = engine.takeTouched();
    for (InstanceStatus status : touched) {
      store.put(status.fmri(), status.runtime(), status.cause());
    }
    return isChange || !touched.isEmpty();
  }

  private void note(Envelope envelope, Decision decision) {
    switch (decision) {
      case Decision.RecordEnabled(var instance, var enabled, long cause) ->
          noteEnabled(envelope, instance, enabled);
      case Decision.RecordMilestone(var milestone, long cause) ->
          store.putFact(MILESTONE, text(milestone));
      case Decision.ForgetInstance(var instance, long cause) -> store.remove(instance);
      case Decision.TakeStartSnapshot(var instance, long cause) -> started.add(instance);
      case Decision.RunMethod run -> {
        number(run.run());
        contract(run.contract());
      }
      case Decision.RunProbe probe -> number(probe.run());
      case Decision.ScheduleTimer timer -> number(timer.timer());
      case Decision.SignalContract _,
          Decision.KillContract _,
          Decision.AwaitEmpty _,
          Decision.AbandonContract _,
          Decision.CancelTimer _,
          Decision.RecordTransition _,
          Decision.WriteLog _,
          Decision.WriteDaemonLog _,
          Decision.WatchFile _,
          Decision.UnwatchFile _,
          Decision.SendToRestarter _,
          Decision.CompleteShutdown _ -> {
        // nothing to remember
      }
    }
  }

  private void noteEnabled(Envelope envelope, InstanceFmri instance, EnabledSetting enabled) {
    store.putOverride(
        instance, enabled.override().map(value -> new EnabledOverride(value, enabled.comment())));
    boolean isPermanent =
        envelope.event() instanceof Event.EnableRequested request
            && !request.temporary()
            && request.instance().equals(instance);
    if (isPermanent) {
      permanent.put(instance, enabled);
      by = origin(envelope);
      store.putFact(PendingSetting.fact(instance), new PendingSetting(enabled, by).text());
    }
  }

  private static Origin origin(Envelope envelope) {
    return envelope
        .actor()
        .<Origin>map(actor -> administrator(actor, envelope.atEpochMillis()))
        .orElse(Origin.UNKNOWN);
  }

  static Origin administrator(Actor actor, long atEpochMillis) {
    return new Origin.Administrator(actor.user(), atEpochMillis);
  }

  private void number(long number) {
    if (number > reserved) {
      reserved = number + BLOCK;
      store.putCounter(NUMBER, reserved);
    }
  }

  private void contract(long number) {
    if (number > contract) {
      contract = number;
      store.putCounter(CONTRACT, number);
    }
  }

  @Override
  public Optional<String> commit() {
    journal.flush();
    try {
      store.flush();
      if (!permanent.isEmpty()) {
        repository.setEnabled(Map.copyOf(permanent), by);
        permanent.keySet().forEach(it -> store.removeFact(PendingSetting.fact(it)));
        permanent.clear();
        store.flush();
      }
      broken = false;
      return Optional.empty();
    } catch (RepositoryException e) {
      complain(e);
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Takes the snapshots `start`. What cannot be written now is written with a later batch.
  @Override
  public void settle() {
    if (started.isEmpty() || broken) {
      return;
    }
    try {
      repository.takeStartSnapshots(List.copyOf(started));
      started.clear();
    } catch (RepositoryException e) {
      complain(e);
    }
  }

  private void complain(RepositoryException e) {
    if (!broken) {
      broken = true;
      log.accept(true, String.valueOf(e.getMessage()));
    }
  }

  /// A milestone as it is remembered.
  static String text(Milestone milestone) {
    return switch (milestone) {
      case Milestone.All _ -> "all";
      case Milestone.None _ -> "none";
      case Milestone.Of(InstanceFmri instance) -> instance.toString();
    };
  }

  /// What [#text] wrote.
  static Milestone milestone(String text) {
    return switch (text) {
      case "all" -> new Milestone.All();
      case "none" -> new Milestone.None();
      default -> new Milestone.Of(InstanceFmri.parse(text));
    };
  }
}
