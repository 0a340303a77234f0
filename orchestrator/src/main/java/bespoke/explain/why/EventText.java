package bespoke.explain.why;

import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.engine.Milestone;
import bespoke.explain.Signals;
import bespoke.model.Actor;
import bespoke.model.InstanceFmri;
import bespoke.model.MethodOutcome;
import java.util.Optional;

/// Says in a clause what an event was.
final class EventText {
  private static final String MAIN = "bespoke.cli.Main ";
  private static final int COMMAND_LENGTH_MAX = 200;

  private EventText() {}

  /// The instance an event is about, if it is about one.
  static Optional<InstanceFmri> subject(Event event) {
    return switch (event) {
      case Event.Answered answered -> Optional.of(answered.instance());
      case Event.EnableRequested it -> Optional.of(it.instance());
      case Event.RestartRequested it -> Optional.of(it.instance());
      case Event.RefreshRequested it -> Optional.of(it.instance());
      case Event.ClearRequested it -> Optional.of(it.instance());
      case Event.MarkRequested it -> Optional.of(it.instance());
      case Event.RestarterReported it -> Optional.of(it.instance());
      case Event.RemoteStateChanged it -> Optional.of(it.instance());
      case Event.DaemonStarted it -> Optional.empty();
      case Event.DefinitionsImported it -> Optional.empty();
      case Event.FileObserved it -> Optional.empty();
      case Event.MilestoneRequested it -> Optional.empty();
      case Event.ShutdownRequested it -> Optional.empty();
      case Event.RestarterConnected it -> Optional.empty();
      case Event.RestarterDisconnected it -> Optional.empty();
    };
  }

  /// What happened, as seen from the event's own instance: `its process 4711 was killed by signal 9
  /// (SIGKILL)`.
  static String clause(Envelope envelope) {
    return switch (envelope.event()) {
      case Event.Requested requested -> who(envelope.actor()) + " " + request(requested);
      case Event.Answered answered -> answer(answered);
      case Event.DaemonStarted it -> "the daemon started";
      case Event.DefinitionsImported it -> imported(envelope.actor());
      case Event.FileObserved it -> file(it);
      case Event.RestarterConnected(var restarter) -> "its restarter " + restarter + " connected";
      case Event.RestarterDisconnected(var restarter) ->
          "its restarter " + restarter + " disconnected";
      case Event.RestarterReported it ->
          "its restarter "
              + it.restarter()
              + " reported it "
              + it.state()
              + (it.detail().isEmpty() ? "" : ": " + it.detail());
      case Event.RemoteStateChanged it -> "it became " + it.state() + " on its host";
    };
  }

  /// `an administrator, alice (uid 1000, pid 42: svcadm restart db)`.
  static String who(Optional<Actor> actor) {
    if (actor.isEmpty()) {
      return "the daemon";
    }
    Actor person = actor.get();
    boolean other = person.loginUid() >= 0 && person.loginUid() != person.uid();
    return "an administrator, "
        + person.user()
        + " (uid "
        + person.uid()
        + (other ? ", logged in as uid " + person.loginUid() : "")
        + ", pid "
        + person.pid()
        + (person.commandLine().isEmpty() ? "" : ": " + command(person.commandLine()))
        + "),";
  }

  /// The command as it was typed: a launcher puts a JVM before it.
  private static String command(String line) {
    int main = line.indexOf(MAIN);
    String typed = main < 0 ? line : line.substring(main + MAIN.length());
    return typed.length() <= COMMAND_LENGTH_MAX
        ? typed
        : typed.substring(0, COMMAND_LENGTH_MAX) + "…";
  }

  private static String request(Event.Requested requested) {
    return switch (requested) {
      case Event.EnableRequested it ->
          (it.enabled() ? "enabled " : "disabled ")
              + it.instance()
              + (it.temporary() ? " until reboot" : "")
              + (it.comment().isEmpty() ? "" : ", saying \"" + it.comment() + "\"");
      case Event.RestartRequested it -> "restarted " + it.instance();
      case Event.RefreshRequested it -> "refreshed " + it.instance();
      case Event.ClearRequested it -> "cleared " + it.instance();
      case Event.MarkRequested it -> "marked " + it.instance() + " " + it.state();
      case Event.MilestoneRequested(var milestone) -> "set the milestone to " + name(milestone);
      case Event.ShutdownRequested() -> "shut everything down";
    };
  }

  private static String name(Milestone milestone) {
    return switch (milestone) {
      case Milestone.All() -> "all";
      case Milestone.None() -> "none";
      case Milestone.Of(var instance) -> instance.toString();
    };
  }

  private static String imported(Optional<Actor> actor) {
    return actor.isEmpty()
        ? "the daemon read the services at its start"
        : who(actor) + " imported services";
  }

  private static String file(Event.FileObserved observed) {
    String what = !observed.exists() ? "is absent" : observed.changed() ? "changed" : "exists";
    return "the file " + observed.file().path() + " " + what;
  }

  private static String answer(Event.Answered answered) {
    return switch (answered) {
      case Event.MethodStarted it -> "its start method runs as process " + it.pid();
      case Event.MethodExited it -> "its method " + outcome(it.outcome());
      case Event.ContractEmptied it -> "its last process ended";
      case Event.MemberDied it ->
          "its process "
              + it.pid()
              + (it.core() ? " dumped core on signal " : " was killed by signal ")
              + it.signal()
              + " ("
              + Signals.name(it.signal())
              + (it.fromInside() ? ", sent from inside the service)" : ")");
      case Event.ReadinessReported it -> "it reported that it is ready";
      case Event.StatusReported it -> "it reported \"" + it.text() + "\"";
      case Event.WatchdogExpired it -> "it did not ping its watchdog in time";
      case Event.ProbeAnswered it ->
          it.well()
              ? "its probe answered well"
              : "its probe failed" + (it.detail().isEmpty() ? "" : ": " + it.detail());
      case Event.TimerFired it -> "its time was up";
    };
  }

  private static String outcome(MethodOutcome outcome) {
    return switch (outcome) {
      case MethodOutcome.Exited(int status) ->
          status == 0 ? "succeeded" : "exited with status " + status;
      case MethodOutcome.Signaled(int signal, boolean core) ->
          (core ? "dumped core on signal " : "was killed by signal ")
              + signal
              + " ("
              + Signals.name(signal)
              + ")";
      case MethodOutcome.NotRun(String reason, _) -> "could not be run: " + reason;
      case MethodOutcome.Unknown() -> "ended while the daemon was away";
    };
  }
}
