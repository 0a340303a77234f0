package bespoke.ctrun;

import bespoke.contract.ContractListener;
import bespoke.contract.Contracts;
import bespoke.contract.ContractsOpening;
import bespoke.contract.KnownProcess;
import bespoke.contract.Launch;
import bespoke.contract.LaunchFailure;
import bespoke.contract.Launched;
import bespoke.contract.ProcessExit;
import bespoke.contract.Stream;
import bespoke.ctrun.RunOptions.Lifetime;
import bespoke.ctrun.RunOptions.Occurrence;
import bespoke.model.MethodOutcome;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Runs a command in a contract, as often as it is to be run, and prints what happens.
final class ContractRun implements AutoCloseable {
  private static final int SIGNALED = 123;
  private static final int FAILED = 124;
  private static final int UNUSABLE = 126;
  private static final int NOT_FOUND = 127;

  /// The one contract, and the only launch at a time.
  private static final long CONTRACT = 1;

  private final RunOptions options;
  private final List<String> environment;
  private final PrintStream err;
  private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private final Contracts contracts;
  private long run;
  private OptionalInt status = OptionalInt.empty();
  private boolean isFatal;

  /// What the contract tells, in order.
  private sealed interface Happening {
    record Started(long pid) implements Happening {}

    record Ended(ProcessExit exit) implements Happening {}

    record Emptied() implements Happening {}
  }

  /// @param root names the contract's place; need not exist
  /// @param err for events and failures
  ContractRun(RunOptions options, Path root, List<String> environment, PrintStream err) {
    this.options = options;
    this.environment = List.copyOf(environment);
    this.err = err;
    contracts =
        new ContractsOpening(
                root,
                ContractsOpening.Choice.BEST,
                new ContractListener() {
                  @Override
                  public void processStarted(long contract, long launch, KnownProcess process) {
                    happenings.add(new Happening.Started(process.pid()));
                  }

                  @Override
                  public void processExited(ProcessExit exit) {
                    happenings.add(new Happening.Ended(exit));
                  }

                  @Override
                  public void contractEmptied(long contract) {
                    happenings.add(new Happening.Emptied());
                  }
                })
            .open();
  }

  /// Passes a signal on to all processes.
  void signal(int number) {
    int _ = contracts.signal(CONTRACT, number);
  }

  /// @return the exit status
  int run() throws InterruptedException {
    int left = options.restarts();
    while (true) {
      int answer = once();
      if (!isFatal || left == 0) {
        return answer;
      }
      left = Math.max(-1, left - 1);
    }
  }

  private int once() throws InterruptedException {
    isFatal = false;
    status = OptionalInt.empty();
    Launch launch =
        Launch.of(++run, options.command(), environment)
            .withDirectory(Path.of("").toAbsolutePath())
            .withStreams(new Stream.Inherited(0), new Stream.Inherited(1), new Stream.Inherited(2));
    return switch (contracts.launch(CONTRACT, launch)) {
      case Launched.Failed(LaunchFailure failure) -> refused(failure);
      case Launched.Started _ -> options.lifetime() == Lifetime.NONE ? 0 : follow();
    };
  }

  private int refused(LaunchFailure failure) {
    err.println("ctrun: " + failure.reason());
    return switch (failure.kind()) {
      case MISSING -> NOT_FOUND;
      case NOT_EXECUTABLE, BAD_INTERPRETER, BAD_FORMAT -> UNUSABLE;
      case DIRECTORY,
          UNKNOWN_USER,
          UNKNOWN_GROUP,
          INPUT_OUTPUT,
          CONTEXT,
          CONTRACT,
          RESOURCES,
          TOOL ->
          FAILED;
    };
  }

  private int follow() throws InterruptedException {
    while (true) {
      switch (happenings.take()) {
        case Happening.Started(long pid) -> tell(Occurrence.FORK, "pid " + pid + " was created");
        case Happening.Ended(ProcessExit exit) -> {
          ended(exit);
          if (status.isPresent() && options.lifetime() == Lifetime.CHILD && !isFatal) {
            return status.getAsInt();
          }
        }
        case Happening.Emptied() -> {
          tell(Occurrence.EMPTY, "contract empty");
          if (status.isPresent()) {
            return status.getAsInt();
          }
        }
      }
    }
  }

  private void ended(ProcessExit exit) {
    if (exit.failure().isPresent()) {
      status = OptionalInt.of(refused(exit.failure().get()));
      return;
    }
    int answer =
        switch (exit.outcome()) {
          case MethodOutcome.Exited(int code) -> {
            tell(Occurrence.EXIT, "pid " + exit.pid() + " exited");
            yield code;
          }
          case MethodOutcome.Signaled(int number, boolean core) -> {
            fell(core ? Occurrence.CORE : Occurrence.SIGNAL, exit.pid(), number);
            yield SIGNALED;
          }
          case MethodOutcome.NotRun _, MethodOutcome.Unknown() -> FAILED;
        };
    if (exit.run().isPresent()) {
      status = OptionalInt.of(answer);
    }
  }

  private void fell(Occurrence occurrence, long pid, int signal) {
    tell(
        occurrence,
        occurrence == Occurrence.CORE
            ? "pid " + pid + " dumped core"
            : "pid " + pid + " received signal " + signal);
    if (options.fatal().contains(occurrence)) {
      isFatal = true;
      contracts.kill(CONTRACT);
    }
  }

  private void tell(Occurrence occurrence, String summary) {
    if (options.isVerbose() && options.informative().contains(occurrence)) {
      err.println(occurrence.name().toLowerCase(Locale.ROOT) + "\t" + summary);
    }
  }

  @Override
  public void close() {
    if (options.isNoOrphan() && !contracts.isEmpty(CONTRACT)) {
      contracts.kill(CONTRACT);
    }
    contracts.close();
  }
}
