package bespoke.supervisor.server;

import bespoke.contract.ContractListener;
import bespoke.contract.Contracts;
import bespoke.contract.KnownProcess;
import bespoke.contract.Launch;
import bespoke.contract.Launched;
import bespoke.contract.ProcessExit;
import bespoke.contract.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Gives out contracts and passes what happens in them to whom it concerns, on the loop.
public final class ContractDesk {
  private final Loop loop;
  private final Map<Long, Consumer<ProcessExit>> onExit = new HashMap<>();
  private final Map<Long, LongConsumer> onEmpty = new HashMap<>();
  private @Nullable Contracts contracts;
  private long lastContract;
  private long lastRun;
  private long shared;
  private @Nullable LaunchBatch batch;

  public ContractDesk(Loop loop) {
    this.loop = loop;
  }

  /// What the contracts are to be opened with.
  public ContractListener listener() {
    return new ContractListener() {
      @Override
      public void processStarted(long contract, long run, KnownProcess process) {
        // the answer to the launch says so
      }

      @Override
      public void processExited(ProcessExit exit) {
        loop.execute(() -> exited(exit));
      }

      @Override
      public void contractEmptied(long contract) {
        loop.execute(() -> emptied(contract));
      }
    };
  }

  /// Begins with contracts that have just been opened.
  public void begin(Contracts opened) {
    contracts = opened;
    lastContract = opened.leftBehind().stream().mapToLong(Long::longValue).max().orElse(0);
    lastRun = System.currentTimeMillis();
  }

  private Contracts contracts() {
    if (contracts == null) {
      throw new IllegalStateException("contracts are not open yet");
    }
    return contracts;
  }

  private void exited(ProcessExit exit) {
    if (exit.run().isPresent()) {
      Consumer<ProcessExit> concerned = onExit.remove(exit.run().getAsLong());
      if (concerned != null) {
        concerned.accept(exit);
      }
    }
  }

  private void emptied(long contract) {
    LongConsumer concerned = onEmpty.get(contract);
    if (concerned != null) {
      concerned.accept(contract);
    }
  }

  /// A new contract.
  ///
  /// @param whenEmptied called with its number each time its last process is gone
  long create(String label, LongConsumer whenEmptied) {
    long number = ++lastContract;
    register(number, whenEmptied);
    // a contract that cannot be made shows when something is launched in it
    var _ = contracts().create(number, label);
    return number;
  }

  /// The one contract of all programs, made when it is first asked for.
  long shared() {
    if (shared == 0) {
      shared = create("programs", _ -> {});
    }
    return shared;
  }

  /// Lets all programs share a contract that an earlier server left.
  long share(long contract) {
    shared = contract;
    return contract;
  }

  private void register(long contract, LongConsumer whenEmptied) {
    onEmpty.put(contract, whenEmptied);
  }

  long nextRun() {
    return ++lastRun;
  }

  /// Starts a process, at once or in the batch that is open.
  ///
  /// @param then gets the answer, on the loop; without a batch before this returns
  void launch(
      long contract, Launch launch, Consumer<ProcessExit> whenExited, Consumer<Launched> then) {
    onExit.put(launch.run(), whenExited);
    Consumer<Launched> answered =
        answer -> {
          if (answer instanceof Launched.Failed) {
            onExit.remove(launch.run());
          }
          then.accept(answer);
        };
    Contracts opened = contracts();
    if (batch == null) {
      answered.accept(opened.launch(contract, launch));
    } else {
      batch.add(() -> opened.launch(contract, launch), answered);
    }
  }

  /// Does something that launches many processes; all of them are launched when it returns.
  void together(Runnable launches) {
    if (batch != null) {
      launches.run();
      return;
    }
    try (var many = new LaunchBatch()) {
      batch = many;
      launches.run();
    } finally {
      batch = null;
    }
  }

  /// @return what could not be set, a sentence each
  List<String> limit(long contract, Resources resources) {
    return contracts().limit(contract, resources);
  }

  int signal(long contract, int signal) {
    return contracts().signal(contract, signal);
  }

  void kill(long contract) {
    contracts().kill(contract);
  }

  void awaitEmpty(long contract) {
    contracts().awaitEmpty(contract);
  }

  boolean isEmpty(long contract) {
    return contracts().isEmpty(contract);
  }

  /// Forgets a contract; what is left in it runs on.
  void release(long contract) {
    if (contract == shared) {
      return;
    }
    onEmpty.remove(contract);
    if (!contracts().remove(contract)) {
      contracts().abandon(contract);
    }
  }

  /// The contract that a process belongs to, if it is one of ours.
  OptionalLong contractOf(long pid) {
    return contracts().contractOf(pid);
  }

  Set<Long> leftBehind() {
    return contracts().leftBehind();
  }

  /// Takes over a contract of an earlier server under a new concern.
  void adopt(
      long contract,
      KnownProcess process,
      Consumer<ProcessExit> whenExited,
      LongConsumer whenEmptied) {
    register(contract, whenEmptied);
    onExit.put(process.run(), whenExited);
    lastContract = Math.max(lastContract, contract);
    lastRun = Math.max(lastRun, process.run());
    var _ = contracts().adopt(contract, List.of(process));
  }

  /// Kills what an earlier server left in a contract that nobody takes over.
  void discard(long contract) {
    var _ = contracts().adopt(contract, List.of());
    contracts().kill(contract);
  }
}
