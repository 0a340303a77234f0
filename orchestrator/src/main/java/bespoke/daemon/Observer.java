package bespoke.daemon;

import bespoke.engine.Decision;
import bespoke.engine.Engine;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Follows the engine: tells subscribers and the terminal, notices when nothing moves any more.
final class Observer implements EngineLoop.Listener {
  private final Progress progress;
  private final Terminal terminal;
  private final Publisher publisher;
  private final ReadyListing listing;
  private final BiConsumer<Boolean, String> log;
  private final boolean untilSettled;
  private final CompletableFuture<Integer> ended;
  private volatile @Nullable ChangeFeed changes;
  private volatile boolean settled;
  private boolean adopted;
  private boolean announced;

  /// @param log gets the settled line, and bugs
  /// @param untilSettled whether the daemon ends when nothing moves any more
  /// @param ended completed with the exit status
  Observer(
      Progress progress,
      Terminal terminal,
      Publisher publisher,
      ReadyListing listing,
      BiConsumer<Boolean, String> log,
      boolean untilSettled,
      CompletableFuture<Integer> ended) {
    this.progress = progress;
    this.terminal = terminal;
    this.publisher = publisher;
    this.listing = listing;
    this.log = log;
    this.untilSettled = untilSettled;
    this.ended = ended;
  }

  /// From now on the change under way is told, too.
  void changes(ChangeFeed feed) {
    changes = feed;
  }

  @Override
  public void changing() {
    listing.changing();
  }

  @Override
  public void handled(Envelope envelope, List<Decision> decisions) {
    settled = false;
    progress.observe(envelope, decisions, terminal);
    publisher.publish(envelope, decisions);
    ChangeFeed feed = changes;
    if (feed != null) {
      feed.handled(envelope, decisions);
    }
    if (envelope.event() instanceof Event.ShutdownRequested) {
      terminal.line("stopping all services");
      terminal.showStatus(true);
      announced = true;
    }
    for (Decision decision : decisions) {
      if (decision instanceof Decision.CompleteShutdown) {
        terminal.showStatus(false);
        terminal.line("all services are down");
      }
    }
  }

  @Override
  public void rested(Engine engine) {
    settled = adopted && progress.isSettled(engine);
    if (settled && !announced) {
      announced = true;
      announce(Progress.count(engine));
    }
  }

  /// What an earlier daemon left is watched, and what happened meanwhile was reported; on the
  /// engine thread.
  void adopted() {
    adopted = true;
  }

  private void announce(Progress.Count count) {
    String line = progress.settledLine(count);
    terminal.showStatus(false);
    terminal.line(line);
    log.accept(false, line);
    if (untilSettled) {
      ended.complete(count.notOnline() == 0 ? Daemon.EXIT_OK : Daemon.EXIT_NOT_ALL_ONLINE);
    }
  }

  @Override
  public void failed(Throwable bug) {
    StackTraceElement[] trace = bug.getStackTrace();
    log.accept(
        true,
        "internal error, the services run on without a daemon: "
            + bug
            + (trace.length == 0 ? "" : " at " + trace[0]));
    bug.printStackTrace();
    ended.complete(Daemon.EXIT_BUG);
  }

  /// Whether nothing moves.
  boolean isSettled() {
    return settled;
  }
}
