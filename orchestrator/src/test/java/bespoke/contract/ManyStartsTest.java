package bespoke.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.contract.ContractsOpening.Choice;
import bespoke.contract.LaunchFailure.Kind;
import bespoke.model.MethodOutcome;
import bespoke.os.DirectSpawner;
import bespoke.os.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many threads start processes at the same time, good ones and impossible ones, while others are
/// killed on the way and the heap is collected. Every start has one answer, and it is the right
/// one.
class ManyStartsTest {
  /// How many starts there are in all; more with this property.
  private static final int STARTS = Integer.getInteger("bespoke.starts", 400);

  private static final int THREADS = 4;
  private static final int ALL = STARTS - STARTS % THREADS;
  private static final int STARTS_BETWEEN_COLLECTIONS = 20;
  private static final List<String> ENVIRONMENT = List.of("PATH=/usr/bin:/bin", "A=b");

  @TempDir Path directory = Path.of("/nonexistent");

  /// The exits by run.
  private final Map<Long, ProcessExit> exits = new ConcurrentHashMap<>();

  private final Set<Long> emptied = ConcurrentHashMap.newKeySet();
  private final CountDownLatch allEmptied = new CountDownLatch(ALL);

  private final class Counting implements ContractListener {
    @Override
    public void processStarted(long contract, long run, KnownProcess process) {}

    @Override
    public void processExited(ProcessExit exit) {
      exits.put(exit.run().orElse(-1), exit);
    }

    @Override
    public void contractEmptied(long contract) {
      if (emptied.add(contract)) {
        allEmptied.countDown();
      }
    }
  }

  @BeforeEach
  void needTheDirectWay() {
    assumeTrue(DirectSpawner.open(Optional.empty()).isPresent(), "no direct way");
  }

  @Test
  void everyStartHasTheRightAnswer() throws Exception {
    Path plain = Files.writeString(directory.resolve("plain"), "text");
    Path lost = Files.writeString(directory.resolve("lost"), "#!/nonexistent\n");
    Files.setPosixFilePermissions(lost, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Contracts contracts = new ContractsOpening(directory, Choice.BEST, new Counting()).open();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Integer>> parts = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread;
        Callable<Integer> part = () -> starts(contracts, first, plain, lost);
        parts.add(threads.submit(part));
      }
      for (Future<Integer> part : parts) {
        assertThat(part.get()).isEqualTo(STARTS / THREADS);
      }
      allEmptied.await();
      for (long run = 0; run < ALL; run++) {
        Optional<MethodOutcome> outcome =
            Optional.ofNullable(exits.get(run)).map(ProcessExit::outcome);
        switch ((int) (run / THREADS % 8)) {
          case 0, 1 -> assertThat(outcome).hasValue(new MethodOutcome.Exited(0));
          case 2 -> assertThat(outcome).hasValue(new MethodOutcome.Exited(7));
          case 3 -> assertThat(outcome).get().isInstanceOf(MethodOutcome.Signaled.class);
          default -> assertThat(outcome).isEmpty();
        }
        assertThat(contracts.remove(run + 1)).isTrue();
      }
    }
  }

  private int starts(Contracts contracts, int thread, Path plain, Path lost) {
    int done = 0;
    for (int i = 0; i < STARTS / THREADS; i++) {
      long run = (long) i * THREADS + thread;
      long contract = run + 1;
      Launched launched = contracts.launch(contract, launch(i % 8, run, plain, lost));
      switch (i % 8) {
        case 0, 1, 2 -> assertThat(launched).isInstanceOf(Launched.Started.class);
        case 3 -> {
          assertThat(launched).isInstanceOf(Launched.Started.class);
          contracts.signal(contract, i % 16 == 3 ? Signals.TERM : Signals.KILL);
        }
        case 4 -> assertThat(kindOf(launched)).isEqualTo(Kind.MISSING);
        case 5 -> assertThat(kindOf(launched)).isEqualTo(Kind.NOT_EXECUTABLE);
        case 6 -> assertThat(kindOf(launched)).isEqualTo(Kind.BAD_INTERPRETER);
        default -> assertThat(kindOf(launched)).isEqualTo(Kind.CONTEXT);
      }
      contracts.awaitEmpty(contract);
      if (i % STARTS_BETWEEN_COLLECTIONS == 0) {
        System.gc();
      }
      done++;
    }
    return done;
  }

  private static Kind kindOf(Launched launched) {
    return ((Launched.Failed) launched).failure().kind();
  }

  private Launch launch(int kind, long run, Path plain, Path lost) {
    return switch (kind) {
      case 0 -> Launch.of(run, List.of("true"), ENVIRONMENT);
      case 1 ->
          Launch.of(run, List.of("/bin/true", "x".repeat(50_000)), ENVIRONMENT)
              .withLog(directory.resolve("log"), 0644);
      case 2 -> Launch.of(run, List.of("/bin/sh", "-c", "exit 7"), ENVIRONMENT).withUmask(022);
      case 3 -> Launch.of(run, List.of("sleep", "1000"), ENVIRONMENT);
      case 4 -> Launch.of(run, List.of("/nonexistent"), ENVIRONMENT);
      case 5 -> Launch.of(run, List.of(plain.toString()), ENVIRONMENT);
      case 6 -> Launch.of(run, List.of(lost.toString()), ENVIRONMENT);
      default -> Launch.of(run, List.of("true", "x".repeat(200_000)), ENVIRONMENT);
    };
  }
}
