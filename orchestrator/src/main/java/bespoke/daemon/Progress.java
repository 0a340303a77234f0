package bespoke.daemon;

import bespoke.engine.Decision;
import bespoke.engine.Engine;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Transition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells a person what happens: what starts or stops, what is waited for, how long it has taken,
/// and one line when nothing moves any more.
///
/// Everything but [#status] runs on the engine thread.
final class Progress {
  private static final int NAMED_MAX = 3;

  /// A status line that the terminal wraps could not be written over.
  private static final int WIDTH_MAX = 79;

  private final boolean verbose;
  private final EngineLoop.Clock clock;
  private final long startNanos;
  private final String hint;
  private final Map<InstanceFmri, Transition> moving = new LinkedHashMap<>();
  private final Set<FileFmri> looks = new HashSet<>();
  private final Set<InstanceFmri> running = new HashSet<>();
  private boolean began;
  private volatile View view = new View(0, 0, List.of());

  /// @param named is not changed any more
  private record View(int running, int moving, List<Transition> named) {}

  /// @param startNanos when the daemon began
  /// @param hint the option that names the root, with a blank before it, or empty
  Progress(boolean verbose, EngineLoop.Clock clock, long startNanos, String hint) {
    this.verbose = verbose;
    this.clock = clock;
    this.startNanos = startNanos;
    this.hint = hint;
  }

  /// Takes notice of a fact; what a person should read goes to the terminal.
  void observe(Envelope envelope, List<Decision> decisions, Terminal terminal) {
    if (envelope.event() instanceof Event.FileObserved observed) {
      looks.remove(observed.file());
    }
    began |= envelope.event() instanceof Event.DefinitionsImported;
    for (Decision decision : decisions) {
      if (decision instanceof Decision.RecordTransition(Transition transition)) {
        observe(transition, terminal);
      } else if (decision instanceof Decision.WatchFile watch) {
        looks.add(watch.file());
      } else if (decision instanceof Decision.UnwatchFile watch) {
        looks.remove(watch.file());
      } else if (decision instanceof Decision.ForgetInstance gone) {
        moving.remove(gone.instance());
        running.remove(gone.instance());
      }
    }
    view = new View(running.size(), moving.size(), firstMoving());
  }

  private List<Transition> firstMoving() {
    if (moving.isEmpty()) {
      return List.of();
    }
    List<Transition> first = new ArrayList<>(NAMED_MAX);
    Iterator<Transition> all = moving.values().iterator();
    while (all.hasNext() && first.size() < NAMED_MAX) {
      first.add(all.next());
    }
    return first;
  }

  private void observe(Transition transition, Terminal terminal) {
    if (transition.next() == null) {
      moving.remove(transition.instance());
    } else {
      moving.put(transition.instance(), transition);
    }
    if (!transition.changesState()) {
      return;
    }
    if (transition.to().isRunning()) {
      running.add(transition.instance());
    } else {
      running.remove(transition.instance());
    }
    if (verbose) {
      terminal.line(
          transition.instance()
              + " "
              + transition.from()
              + " -> "
              + transition.to()
              + " ("
              + transition.auxiliary()
              + ")");
    }
  }

  /// Whether nothing moves: no method, no back-off, no file that was not looked at.
  boolean isSettled(Engine engine) {
    return began && looks.isEmpty() && engine.isSettled();
  }

  /// The status line for a terminal: `12 running; starting site/db:default (2 s), site/x:default
  /// and 3 more; 5.3 s`.
  String status() {
    View now = view;
    StringBuilder line = new StringBuilder(120);
    line.append(now.running()).append(" running");
    String separator = "; ";
    for (Transition transition : now.named()) {
      line.append(separator).append(verb(transition)).append(transition.instance().shortName());
      long seconds = (clock.epochMillis() - transition.atEpochMillis()) / 1000;
      if (seconds > 0) {
        line.append(" (").append(seconds).append(" s)");
      }
      separator = ", ";
    }
    int more = now.moving() - now.named().size();
    if (more > 0) {
      line.append(" and ").append(more).append(" more");
    }
    line.append("; ").append(elapsed());
    return line.length() <= WIDTH_MAX ? line.toString() : line.substring(0, WIDTH_MAX);
  }

  private static String verb(Transition transition) {
    InstanceState next = transition.next();
    return next != null && next.isRunning() ? "starting " : "stopping ";
  }

  /// The time since the daemon began: `1.2 s`.
  String elapsed() {
    long tenths = (clock.nanos() - startNanos + 50_000_000) / 100_000_000;
    return tenths / 10 + "." + tenths % 10 + " s";
  }

  /// How many of the enabled instances are online.
  record Count(int online, int notOnline) {}

  /// Counts the enabled instances; costs a look at all of them.
  static Count count(Engine engine) {
    int online = 0;
    int notOnline = 0;
    for (InstanceStatus status : engine.statuses()) {
      if (status.runtime().state() == InstanceState.ONLINE) {
        online++;
      } else if (status.enabled().effective()) {
        notOnline++;
      }
    }
    return new Count(online, notOnline);
  }

  /// The line that is printed when nothing moves any more.
  String settledLine(Count count) {
    String online =
        count.online() == 1 ? "1 service is online" : count.online() + " services are online";
    String next =
        count.notOnline() == 0 ? "svcs" + hint + " lists them" : "svcs" + hint + " -x tells why";
    return online
        + ", "
        + count.notOnline()
        + (count.notOnline() == 1 ? " is not" : " are not")
        + " ("
        + elapsed()
        + "); "
        + next
        + ".";
  }
}
