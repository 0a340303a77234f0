import bespoke.contract.ContractListener;
import bespoke.contract.Contracts;
import bespoke.contract.ContractsOpening;
import bespoke.contract.KnownProcess;
import bespoke.contract.Launch;
import bespoke.contract.Launched;
import bespoke.contract.ProcessExit;
import bespoke.os.Descriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// Starts N daemons, each in a contract of its own, and kills them again. Prints milliseconds for
/// each, and how much memory and how many threads that took.
///
/// usage: ContractsBench ROOT N [ROUNDS] [CGROUP|TRACKING]
public final class ContractsBench {
  /// Spawning waits until the child executes; on a busy machine others can start meanwhile.
  private static final int STARTERS = Integer.getInteger("starters", 4);

  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[1]);
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
    var choice = ContractsOpening.Choice.valueOf(arguments.length > 3 ? arguments[3] : "CGROUP");
    Emptied emptied = new Emptied();
    long opening = System.nanoTime();
    try (Contracts contracts =
        new ContractsOpening(Path.of(arguments[0]), choice, emptied).open()) {
      System.err.printf("open %.1f ms%n", (System.nanoTime() - opening) / 1e6);
      for (int round = 0; round < rounds; round++) {
        emptied.latch = new CountDownLatch(count);
        run(contracts, count, emptied);
      }
    }
    System.exit(0);
  }

  private static void run(Contracts contracts, int count, Emptied emptied) throws Exception {
    long[] pids = new long[count];
    double cpuBefore = cpuMillis();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      Launch launch = Launch.of(i, List.of("/bin/sleep", "1000"), List.of("PATH=/usr/bin:/bin"));
      Launched launched = contracts.launch(i + 1, launch);
      pids[i] = ((Launched.Started) launched).process().pid();
    }
    long launched = System.nanoTime();
    for (int i = count - 1; i >= 0; i--) {
      Path comm = Path.of("/proc/" + pids[i] + "/comm");
      while (!"sleep\n".equals(Descriptor.readText(comm, 32))) {
        LockSupport.parkNanos(200_000);
      }
    }
    long running = System.nanoTime();
    String status = Files.readString(Path.of("/proc/self/status"));
    for (int i = 0; i < count; i++) {
      contracts.kill(i + 1);
    }
    emptied.latch.await();
    long dead = System.nanoTime();
    for (int i = 0; i < count; i++) {
      contracts.remove(i + 1);
    }
    long removed = System.nanoTime();
    System.out.printf("%.1f %.1f%n", (running - start) / 1e6, cpuMillis() - cpuBefore);
    System.err.printf(
        "launch calls %.0f ms, all running %.0f ms, kill to all empty %.0f ms, remove %.0f ms, %s,"
            + " %s%n",
        (launched - start) / 1e6,
        (running - start) / 1e6,
        (dead - running) / 1e6,
        (removed - dead) / 1e6,
        field(status, "VmRSS:"),
        field(status, "Threads:"));
  }

  private static long start(Contracts contracts, int number) {
    Launch launch = Launch.of(number, List.of("/bin/sleep", "1000"), List.of("PATH=/usr/bin:/bin"));
    Launched launched = contracts.launch(number + 1, launch);
    return ((Launched.Started) launched).process().pid();
  }

  /// User and system time of ourselves and all children that were reaped (proc_pid_stat(5)).
  private static double cpuMillis() throws Exception {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks * 10.0;
  }

  private static String field(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElse("")
        .replaceAll("\\s+", " ");
  }

  private static final class Emptied implements ContractListener {
    private volatile CountDownLatch latch = new CountDownLatch(0);

    @Override
    public void processStarted(long contract, long run, KnownProcess process) {}

    @Override
    public void processExited(ProcessExit exit) {}

    @Override
    public void contractEmptied(long contract) {
      latch.countDown();
    }
  }
}
