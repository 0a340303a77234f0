package bespoke.daemon;

import bespoke.engine.Decision;
import bespoke.engine.Engine;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.plan.Present;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/// The one thread that owns the engine.
///
/// A batch goes through it in five steps: every fact is handled by the engine and written down;
/// what must be durable is made so, once for the whole batch; the decisions are handed to the
/// worlds in their order; what nobody waits for is written; the answers are given and the
/// transitions published. A world must not block in [World#carryOut].
final class EngineLoop implements Runnable {
  private static final int BATCH_MAX = 256;

  private final Engine engine;
  private final Inbox inbox;
  private final Ledger ledger;
  private final World worlds;
  private final Listener listener;
  private final Clock clock;
  private final List<Inbox.Item> batch = new ArrayList<>(BATCH_MAX);
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Release> releases = new ArrayList<>();
  private long lastId;
  private boolean ended;

  /// Carries decisions out and answers with events.
  @FunctionalInterface
  interface World {
    /// Begins to carry decisions out, in their order; returns at once.
    void carryOut(List<Decision> decisions);
  }

  /// Who wants to know what happened; called on the engine thread, must be quick.
  interface Listener {
    /// What people can see of instances has changed; called before it is made durable, carried out
    /// or told.
    void changing();

    /// A fact was handled and its decisions were handed out.
    void handled(Envelope envelope, List<Decision> decisions);

    /// Everything that had arrived was handled.
    void rested(Engine engine);

    /// The engine thread met a bug and cannot go on.
    void failed(Throwable bug);
  }

  /// The wall clock for people and a clock for measuring.
  interface Clock {
    /// Milliseconds since 1970 UTC.
    long epochMillis();

    /// Nanoseconds of a clock that never goes back.
    long nanos();
  }

  EngineLoop(
      Engine engine,
      Inbox inbox,
      Ledger ledger,
      World worlds,
      Listener listener,
      Clock clock,
      long lastId) {
    this.engine = engine;
    this.inbox = inbox;
    this.ledger = ledger;
    this.worlds = worlds;
    this.listener = listener;
    this.clock = clock;
    this.lastId = lastId;
  }

  @Override
  public void run() {
    try {
      while (!ended) {
        turn();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } catch (Throwable bug) { // whatever it is, the daemon must not live on without its engine
      listener.failed(bug);
    }
  }

  /// Waits for what arrives first and handles the batch; only for the engine thread.
  void turn() throws InterruptedException {
    batch.clear();
    inbox.take(batch, BATCH_MAX);
    handleBatch();
  }

  private void handleBatch() {
    decisions.clear();
    releases.clear();
    List<Handled> handled = new ArrayList<>(batch.size());
    for (Inbox.Item item : batch) {
      switch (item) {
        case Inbox.Arrived arrived -> handled.add(handle(arrived));
        case Inbox.Asked asked -> {
          asked.step().run(engine);
          releases.add(_ -> asked.step().release());
        }
        case Inbox.Ended _ -> ended = true;
      }
    }
    Optional<String> trouble = ledger.commit();
    if (!decisions.isEmpty()) {
      worlds.carryOut(decisions);
    }
    ledger.settle();
    for (Handled one : handled) {
      listener.handled(one.envelope(), one.decisions());
    }
    for (Release release : releases) {
      release.run(trouble);
    }
    if (inbox.isEmpty()) {
      listener.rested(engine);
    }
  }

  /// An answer that waits until its batch was committed.
  @FunctionalInterface
  private interface Release {
    /// @param trouble what could not be made durable, or empty
    void run(Optional<String> trouble);
  }

  private static void answer(CompletableFuture<Long> answered, long id, Optional<String> trouble) {
    if (trouble.isPresent()) {
      answered.completeExceptionally(new IOException(trouble.get()));
    } else {
      answered.complete(id);
    }
  }

  /// Whether who asked for it must be told when it cannot be made durable.
  private static boolean isDurable(List<Decision> decisions) {
    for (Decision decision : decisions) {
      if (decision instanceof Decision.RecordEnabled
          || decision instanceof Decision.RecordMilestone) {
        return true;
      }
    }
    return false;
  }

  private record Handled(Envelope envelope, List<Decision> decisions) {}

  private Handled handle(Inbox.Arrived arrived) {
    Envelope envelope =
        new Envelope(
            ++lastId,
            clock.epochMillis(),
            clock.nanos(),
            arrived.cause(),
            arrived.actor(),
            arrived.event());
    List<Decision> made = List.copyOf(engine.handle(envelope));
    if (ledger.write(engine, envelope, made)) {
      listener.changing();
    }
    decisions.addAll(made);
    CompletableFuture<Long> answered = arrived.answered();
    if (answered != null) {
      boolean waits = isDurable(made);
      releases.add(trouble -> answer(answered, envelope.id(), waits ? trouble : Optional.empty()));
    }
    return new Handled(envelope, made);
  }

  /// Ends the thread after what has arrived. Not by interruption, which would close the files that
  /// it is writing.
  void end() {
    inbox.put(new Inbox.Ended());
  }

  /// Adds a fact that a world reports.
  void report(Event event, long cause) {
    inbox.put(new Inbox.Arrived(event, cause, Optional.empty(), null));
  }

  /// Adds what a person asked for.
  ///
  /// @return completed with the event's id when all that must be durable is; empty when too much
  ///   waits already
  Optional<CompletableFuture<Long>> request(Event event, Optional<Actor> actor) {
    CompletableFuture<Long> answered = new CompletableFuture<>();
    return inbox.offer(new Inbox.Arrived(event, 0, actor, answered))
        ? Optional.of(answered)
        : Optional.empty();
  }

  /// The id of the last envelope; only for the engine thread.
  long lastId() {
    return lastId;
  }

  /// This moment, copied; only for the engine thread.
  Present present(Engine asked) {
    return new Present(asked.copy(), clock.epochMillis(), clock.nanos(), lastId);
  }

  /// Runs a step on the engine thread.
  void tell(Consumer<Engine> step) {
    inbox.put(
        new Inbox.Asked(
            new Step<Boolean>(it -> {
              step.accept(it);
              return true;
            })));
  }

  /// Asks the engine thread.
  ///
  /// @param question must be quick, must not block, must not keep the engine
  <T> CompletableFuture<T> ask(Function<Engine, T> question) {
    Step<T> step = new Step<>(question);
    inbox.put(new Inbox.Asked(step));
    return step.answer();
  }
}
