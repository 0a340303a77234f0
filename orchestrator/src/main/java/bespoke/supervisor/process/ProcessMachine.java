package bespoke.supervisor.process;

import static bespoke.supervisor.config.LogLevel.CRITICAL;
import static bespoke.supervisor.config.LogLevel.INFO;
import static bespoke.supervisor.config.LogLevel.WARN;

import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.SignalNumber;
import bespoke.supervisor.config.StartPolicy;
import bespoke.supervisor.config.StopPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The state machine of one process: the same events give the same orders.
public final class ProcessMachine {
  /// Starts of one program are at least this far apart, in milliseconds.
  private static final long START_SPACING_MILLIS = 1000;

  /// What is to follow when the way is free.
  private enum Next {
    NOTHING,
    START,
    RESTART_AFTER_STOP,
    RESTART_AFTER_FAULT
  }

  private final StartPolicy start;
  private final StopPolicy stop;
  private final int readinessSeconds;
  private final boolean hasReadiness;
  private final RestartWindow window;

  private ProcessState state = ProcessState.STOPPED;
  private long pid;
  private @Nullable Moment started;
  private @Nullable Moment stopped;
  private int failures;
  private @Nullable Integer exitStatus;
  private String spawnError = "";
  private @Nullable Long deadline;

  /// End of the pause before the next start, in monotonic milliseconds.
  private long notBefore;

  private boolean leftovers;
  private boolean killed;
  private boolean notReady;
  private Next next = Next.NOTHING;
  private boolean shuttingDown;
  private List<ProcessOrder> orders = new ArrayList<>();

  /// @param readinessSeconds how long the process may take to become ready; 0 = staying up is
  ///   enough
  public ProcessMachine(StartPolicy start, StopPolicy stop, int readinessSeconds) {
    this.start = start;
    this.stop = stop;
    this.readinessSeconds = readinessSeconds;
    hasReadiness = readinessSeconds > 0;
    window = new RestartWindow(start.restartLimit(), start.restartWindowSeconds());
  }

  public ProcessStatus status() {
    return new ProcessStatus(state, pid, started, stopped, exitStatus, spawnError);
  }

  /// When [ProcessEvent.DeadlinePassed] is due, in monotonic milliseconds.
  public OptionalLong deadline() {
    return deadline == null ? OptionalLong.empty() : OptionalLong.of(deadline);
  }

  /// Takes one event and returns what is to be done, in order.
  public List<ProcessOrder> on(ProcessEvent event, Moment now) {
    orders = new ArrayList<>();
    switch (event) {
      case ProcessEvent.StartRequested() -> startRequested(now);
      case ProcessEvent.StopRequested() -> stopRequested(Next.NOTHING, now);
      case ProcessEvent.RestartRequested(String reason, boolean isFault) -> {
        log(WARN, "restarting %n: " + reason);
        stopRequested(isFault ? Next.RESTART_AFTER_FAULT : Next.RESTART_AFTER_STOP, now);
      }
      case ProcessEvent.ShutdownBegan() -> shutdownBegan(now);
      case ProcessEvent.Spawned(long newPid) -> spawned(newPid, now);
      case ProcessEvent.SpawnFailed(String reason) -> spawnFailed(reason, now);
      case ProcessEvent.Adopted adopted -> adopted(adopted);
      case ProcessEvent.BecameReady() -> becameReady();
      case ProcessEvent.Ended(ProcessEnd end, boolean left) -> ended(end, left, now);
      case ProcessEvent.ContractEmptied() -> contractEmptied(now);
      case ProcessEvent.DeadlinePassed() -> deadlinePassed(now);
      case ProcessEvent.SignalFailed(String reason) -> signalFailed(reason);
    }
    return List.copyOf(orders);
  }

  private void startRequested(Moment now) {
    if (!state.isStopped() || shuttingDown) {
      return;
    }
    window.forget();
    if (leftovers) {
      change(ProcessState.STARTING);
      clearLeftovers(now);
      next = Next.START;
    } else {
      spawn(now);
    }
  }

  private void spawn(Moment now) {
    next = Next.NOTHING;
    deadline = null;
    killed = false;
    notReady = false;
    spawnError = "";
    exitStatus = null;
    started = now;
    if (state != ProcessState.STARTING) {
      change(ProcessState.STARTING);
    }
    orders.add(new ProcessOrder.Spawn());
  }

  private void spawned(long newPid, Moment now) {
    pid = newPid;
    started = now;
    log(INFO, "spawned: '%n' with pid " + newPid);
    if (start.startSeconds() <= 0 && !hasReadiness) {
      running();
    } else {
      int seconds = hasReadiness ? readinessSeconds : start.startSeconds();
      deadline = now.millis() + Math.max(1, seconds * 1000L);
    }
  }

  private void running() {
    deadline = null;
    failures = 0;
    change(ProcessState.RUNNING);
    log(
        INFO,
        "success: %n entered RUNNING state, "
            + (hasReadiness
                ? "process is ready"
                : "process has stayed up for > than "
                    + start.startSeconds()
                    + " seconds (startsecs)"));
  }

  private void becameReady() {
    if (state == ProcessState.STARTING && pid != 0 && hasReadiness && !notReady) {
      running();
    }
  }

  private void spawnFailed(String reason, Moment now) {
    log(INFO, "spawnerr: " + reason);
    spawnError = reason;
    backOff(now);
  }

  private void backOff(Moment now) {
    failures++;
    change(ProcessState.BACKOFF);
    if (shuttingDown || (start.retries() >= 0 && failures > start.retries())) {
      giveUp("too many start retries too quickly", now);
      return;
    }
    long seconds =
        start.backoffMaxSeconds() > 0 ? Math.min(failures, start.backoffMaxSeconds()) : failures;
    startAfter(seconds * 1000, now);
  }

  /// What it left behind is stopped, since nobody will start it again by himself.
  private void giveUp(String reason, Moment now) {
    failures = 0;
    deadline = null;
    next = Next.NOTHING;
    change(ProcessState.FATAL);
    log(INFO, "gave up: %n entered FATAL state, " + reason);
    if (leftovers) {
      clearLeftovers(now);
    }
  }

  /// Plans a start; the contract is emptied meanwhile.
  private void startAfter(long millis, Moment now) {
    next = Next.START;
    notBefore = now.millis() + millis;
    if (leftovers) {
      orders.add(new ProcessOrder.SignalContract(stop.signal().number()));
      deadline = now.millis() + Math.max(millis, stop.waitSeconds() * 1000L);
    } else {
      deadline = notBefore;
    }
  }

  private void clearLeftovers(Moment now) {
    if (killed) {
      orders.add(new ProcessOrder.KillContract());
      deadline = null;
    } else {
      orders.add(new ProcessOrder.SignalContract(stop.signal().number()));
      deadline = now.millis() + stop.waitSeconds() * 1000L;
    }
  }

  private void stopRequested(Next afterwards, Moment now) {
    if (!state.isRunning()) {
      return;
    }
    next = afterwards;
    if (state == ProcessState.BACKOFF && !leftovers) {
      deadline = null;
      change(shuttingDown ? ProcessState.FATAL : ProcessState.STOPPED);
      return;
    }
    change(ProcessState.STOPPING);
    killed = false;
    if (pid != 0) {
      deadline = now.millis() + stop.waitSeconds() * 1000L;
      killed = stop.signal().equals(SignalNumber.KILL);
      orders.add(new ProcessOrder.Signal(stop.signal().number(), stop.asGroup()));
    } else if (leftovers) {
      clearLeftovers(now);
    } else {
      stopDone(0, now);
    }
  }

  private void shutdownBegan(Moment now) {
    shuttingDown = true;
    if (state == ProcessState.BACKOFF && !leftovers) {
      giveUp("the server ends", now);
    }
    next = Next.NOTHING;
  }

  private void adopted(ProcessEvent.Adopted adopted) {
    pid = adopted.pid();
    started = adopted.started();
    spawnError = "";
    if (adopted.wasRunning()) {
      state = ProcessState.RUNNING;
    } else {
      state = ProcessState.STARTING;
      int seconds = hasReadiness ? readinessSeconds : start.startSeconds();
      deadline = adopted.started().millis() + seconds * 1000L;
    }
    log(INFO, "adopted: '%n' with pid " + pid + ", which an earlier server started");
  }

  private void ended(ProcessEnd end, boolean left, Moment now) {
    long endedPid = pid;
    pid = 0;
    leftovers = left;
    stopped = now;
    switch (state) {
      case STOPPING -> {
        exitStatus = end.status();
        log(INFO, "stopped: %n (" + end.description() + ")");
        if (leftovers) {
          clearLeftovers(now);
        } else {
          stopDone(endedPid, now);
        }
      }
      case STARTING -> {
        if (endedTooQuickly(now)) {
          exitStatus = null;
          spawnError =
              notReady
                  ? "not ready within " + readinessSeconds + " seconds"
                  : "Exited too quickly (process log may have details)";
          log(INFO, "exited: %n (" + end.description() + "; not expected)");
          backOff(now);
        } else {
          running();
          exited(end, endedPid, now);
        }
      }
      case RUNNING -> exited(end, endedPid, now);
      case STOPPED, BACKOFF, EXITED, FATAL, UNKNOWN ->
          log(INFO, "ended: %n (" + end.description() + ") in state " + state);
    }
  }

  private boolean endedTooQuickly(Moment now) {
    return hasReadiness
        || started == null
        || now.millis() - started.millis() < start.startSeconds() * 1000L;
  }

  private void exited(ProcessEnd end, long endedPid, Moment now) {
    deadline = null;
    failures = 0;
    exitStatus = end.status();
    boolean expected =
        end instanceof ProcessEnd.Exited(int status) && start.exitCodes().contains(status);
    spawnError = expected ? "" : "Bad exit code " + end.status();
    change(ProcessState.EXITED, endedPid, expected);
    log(
        expected ? INFO : WARN,
        "exited: %n (" + end.description() + "; " + (expected ? "expected)" : "not expected)"));
    boolean again =
        switch (start.autorestart()) {
          case ALWAYS -> true;
          case UNEXPECTED -> !expected;
          case NEVER -> false;
        };
    if (again && !shuttingDown) {
      restartIfAdmitted(now);
    }
  }

  private void restartIfAdmitted(Moment now) {
    if (window.admits(now)) {
      restart(now);
      return;
    }
    spawnError = window.reason() + (spawnError.isEmpty() ? "" : "; the last time: " + spawnError);
    giveUp(window.reason(), now);
  }

  private void restart(Moment now) {
    long lived = started == null ? START_SPACING_MILLIS : now.millis() - started.millis();
    long pause = Math.max(start.restartDelaySeconds() * 1000L, START_SPACING_MILLIS - lived);
    if (pause > 0 || leftovers) {
      change(ProcessState.BACKOFF);
      startAfter(Math.max(0, pause), now);
    } else {
      spawn(now);
    }
  }

  private void stopDone(long endedPid, Moment now) {
    deadline = null;
    Next then = shuttingDown ? Next.NOTHING : next;
    next = Next.NOTHING;
    change(ProcessState.STOPPED, endedPid, true);
    switch (then) {
      case RESTART_AFTER_STOP -> spawn(now);
      case RESTART_AFTER_FAULT -> {
        if (window.admits(now)) {
          spawn(now);
        } else {
          spawnError = window.reason();
          giveUp(window.reason(), now);
        }
      }
      case NOTHING, START -> {
        // it rests
      }
    }
  }

  private void contractEmptied(Moment now) {
    leftovers = false;
    if (pid != 0) {
      return;
    }
    if (state == ProcessState.FATAL) {
      deadline = null;
    }
    if (state == ProcessState.STOPPING) {
      stopDone(0, now);
    } else if (next == Next.START && state == ProcessState.STARTING) {
      spawn(now);
    } else if (next == Next.START && state == ProcessState.BACKOFF) {
      if (notBefore <= now.millis()) {
        spawn(now);
      } else {
        deadline = notBefore;
      }
    }
  }

  private void deadlinePassed(Moment now) {
    deadline = null;
    switch (state) {
      case STARTING -> {
        if (pid == 0) {
          orders.add(new ProcessOrder.KillContract());
        } else if (notReady) {
          kill(now);
        } else if (hasReadiness) {
          notReady = true;
          log(WARN, "%n is not ready after " + readinessSeconds + " seconds");
          orders.add(new ProcessOrder.Signal(stop.signal().number(), stop.asGroup()));
          deadline = now.millis() + stop.waitSeconds() * 1000L;
        } else {
          running();
        }
      }
      case BACKOFF -> {
        if (leftovers) {
          orders.add(new ProcessOrder.KillContract());
        } else if (next == Next.START && !shuttingDown) {
          spawn(now);
        }
      }
      case STOPPING -> kill(now);
      case FATAL -> {
        if (leftovers) {
          orders.add(new ProcessOrder.KillContract());
        }
      }
      case STOPPED, RUNNING, EXITED, UNKNOWN -> {
        // nothing is due in these states
      }
    }
  }

  private void kill(Moment now) {
    killed = true;
    if (pid == 0) {
      orders.add(new ProcessOrder.KillContract());
      return;
    }
    log(WARN, "killing '%n' (" + pid + ") with SIGKILL");
    orders.add(new ProcessOrder.Signal(SignalNumber.KILL.number(), stop.killAsGroup()));
    deadline = now.millis() + Math.max(1, stop.waitSeconds()) * 1000L;
  }

  private void signalFailed(String reason) {
    log(CRITICAL, "unknown problem sending a signal to %n (" + pid + "): " + reason);
    deadline = null;
    next = Next.NOTHING;
    change(ProcessState.UNKNOWN);
  }

  private void change(ProcessState to) {
    change(to, pid, true);
  }

  private void change(ProcessState to, long ofPid, boolean expected) {
    ProcessState from = state;
    state = to;
    orders.add(new ProcessOrder.Announce(from, to, ofPid, failures, expected));
  }

  private void log(LogLevel level, String text) {
    orders.add(new ProcessOrder.Log(level, text));
  }
}
