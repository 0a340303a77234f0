package bespoke.supervisor.server;

import bespoke.contract.Launched;
import bespoke.contract.ProcessExit;
import bespoke.contract.Stream;
import bespoke.model.MethodOutcome;
import bespoke.os.Poller;
import bespoke.os.Signals;
import bespoke.supervisor.config.SignalNumber;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs a command as the program runs, in the program's contract: status 0 is a good answer.
final class CommandQuestion implements Question {
  private static final ProcessLauncher.Streams NO_STREAMS =
      new ProcessLauncher.Streams(
          new Stream.Nothing(), new Stream.Nothing(), new Stream.SameAsOutput());

  private final World world;
  private final ProcessLauncher launcher;
  private final long contract;
  private final List<String> words;
  private final Duration timeout;
  private long pid;
  private boolean isLate;
  private Poller.@Nullable Registration timer;

  /// @param launcher of the program that is asked
  /// @param timeout after which the command is killed, which is a bad answer
  CommandQuestion(
      World world, ProcessLauncher launcher, long contract, List<String> words, Duration timeout) {
    this.world = world;
    this.launcher = launcher;
    this.contract = contract;
    this.words = List.copyOf(words);
    this.timeout = timeout;
  }

  @Override
  public void ask(Consumer<String> answer) {
    isLate = false;
    long run = world.contracts().nextRun();
    launcher.launch(
        contract,
        run,
        words,
        List.of(),
        NO_STREAMS,
        exit -> ended(exit, answer),
        launched -> launched(launched, answer));
  }

  private void launched(Launched launched, Consumer<String> answer) {
    switch (launched) {
      case Launched.Started started -> {
        pid = started.process().pid();
        timer = world.loop().after(timeout, this::tooLate);
      }
      case Launched.Failed failed -> answer.accept(failed.failure().reason());
    }
  }

  private void tooLate() {
    isLate = true;
    kill();
  }

  private void ended(ProcessExit exit, Consumer<String> answer) {
    pid = 0;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    answer.accept(
        isLate
            ? words.getFirst() + " did not answer within " + timeout.toSeconds() + " seconds"
            : problem(exit));
  }

  private String problem(ProcessExit exit) {
    String command = words.getFirst();
    return switch (exit.outcome()) {
      case MethodOutcome.Exited(int status) ->
          status == 0 ? "" : command + " exits with status " + status;
      case MethodOutcome.Signaled(int signal, boolean _) ->
          command + " was ended by " + new SignalNumber(signal).displayName();
      case MethodOutcome.NotRun notRun -> notRun.reason();
      case MethodOutcome.Unknown() -> "how " + command + " ended is unknown";
    };
  }

  /// It is the leader of a session of its own, so all it started goes with it.
  private void kill() {
    if (pid != 0) {
      var _ = Signals.send(-pid, SignalNumber.KILL.number());
    }
  }

  @Override
  public void cancel() {
    kill();
  }
}
