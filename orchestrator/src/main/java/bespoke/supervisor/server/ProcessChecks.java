package bespoke.supervisor.server;

import bespoke.supervisor.config.Check;
import bespoke.supervisor.process.ProcessState;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Asks one process whether it is ready while it starts, and whether it is well while it runs.
final class ProcessChecks {
  private static final Duration READINESS_PAUSE = Duration.ofMillis(200);

  private final World world;
  private final Check.Checks checks;
  private final ProcessLauncher launcher;
  private final LongSupplier contract;
  private final Runnable onReady;
  private final Consumer<String> onIll;
  private @Nullable Prober prober;
  private int badAnswers;

  /// @param launcher of the process, for commands that ask
  /// @param contract in which it runs now
  /// @param onReady called when an answer says that it is ready
  /// @param onIll told why it must be restarted
  ProcessChecks(
      World world,
      Check.Checks checks,
      ProcessLauncher launcher,
      LongSupplier contract,
      Runnable onReady,
      Consumer<String> onIll) {
    this.world = world;
    this.checks = checks;
    this.launcher = launcher;
    this.contract = contract;
    this.onReady = onReady;
    this.onIll = onIll;
  }

  /// Ends the check of the state before and begins that of this one.
  ///
  /// @param pid 0 = there is no process to be asked
  void stateChanged(ProcessState state, long pid) {
    cancel();
    if (state == ProcessState.STARTING && pid != 0) {
      begin(checks.readiness(), READINESS_PAUSE, this::readinessAnswer);
    } else if (state == ProcessState.RUNNING) {
      badAnswers = 0;
      begin(
          checks.health(), Duration.ofSeconds(checks.healthIntervalSeconds()), this::healthAnswer);
    }
  }

  private void begin(@Nullable Check check, Duration pause, Consumer<String> onAnswer) {
    Question question = check == null ? null : question(check);
    if (question != null) {
      prober = new Prober(world.loop(), question, pause, onAnswer);
      prober.begin();
    }
  }

  private @Nullable Question question(Check check) {
    Duration timeout = Duration.ofSeconds(checks.timeoutSeconds());
    int millis = (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
    return switch (check) {
      case Check.Tcp(String host, int port) -> new NetworkQuestion(host, port, "", millis);
      case Check.Http(String host, int port, String path) ->
          new NetworkQuestion(host, port, path, millis);
      case Check.Exec(var words) ->
          new CommandQuestion(world, launcher, contract.getAsLong(), words, timeout);
      case Check.Notify() -> null;
    };
  }

  private void readinessAnswer(String problem) {
    if (problem.isEmpty()) {
      onReady.run();
    }
  }

  private void healthAnswer(String problem) {
    badAnswers = problem.isEmpty() ? 0 : badAnswers + 1;
    if (badAnswers >= checks.healthFailures()) {
      onIll.accept("its health check failed " + badAnswers + " times: " + problem);
    }
  }

  void cancel() {
    if (prober != null) {
      prober.cancel();
      prober = null;
    }
  }
}
