package bespoke.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A real `svc.startd` in a JVM of its own, real processes, and the commands that a person would
/// type.
final class RealMachine implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);

  private final Path root;
  private final Path manifests;
  private final String[] options;
  private Process daemon;
  private final Shell shell;

  RealMachine(Path directory, String yaml, String... options) throws IOException {
    this.root = directory.resolve("root");
    this.manifests = Files.createDirectories(directory.resolve("manifests"));
    this.options = options;
    this.shell = new Shell(root);
    Files.writeString(manifests.resolve("t.yaml"), yaml);
    this.daemon = start();
  }

  private Process start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "bespoke.daemon.SvcStartd",
                "--root",
                root.toString(),
                "--manifests",
                manifests.toString()));
    command.addAll(Arrays.asList(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.contains(" online, ")) {
        Thread.ofVirtual().start(() -> drain(output));
        return process;
      }
    }
    throw new AssertionError("the daemon ended: " + lines);
  }

  private static void drain(BufferedReader output) {
    try {
      while (output.readLine() != null) {}
    } catch (IOException e) {
      // the daemon is gone
    }
  }

  Path root() {
    return root;
  }

  Path manifests() {
    return manifests;
  }

  /// Kills the daemon and starts the next.
  void killAndRestart() throws IOException, InterruptedException {
    daemon.toHandle().destroyForcibly();
    daemon.waitFor(90, TimeUnit.SECONDS);
    daemon = start();
  }

  Shell.Result run(String line) {
    return shell.run(line);
  }

  Shell.Result run(List<String> words) {
    return shell.run(words);
  }

  /// Runs a command that must succeed; returns what it printed.
  String ok(String line) {
    Shell.Result result = shell.run(line);
    if (result.status() != 0) {
      throw new AssertionError(line + " exits " + result.status() + ": " + result);
    }
    return result.out();
  }

  /// The state as in the listing, with `*` in transition.
  String state(String name) {
    return ok("svcs -H -o state svc:/t/" + name + ":default").strip();
  }

  /// Waits until the instance rests in the state.
  void await(String name, String state) {
    await(() -> state(name).equals(state), () -> name + " is " + state(name) + "\n" + log(name));
  }

  /// Waits until the log of the instance has a line with the text.
  void awaitLog(String name, String text) {
    await(() -> log(name).contains(text), () -> "no \"" + text + "\" in\n" + log(name));
  }

  void await(BooleanSupplier condition, java.util.function.Supplier<String> otherwise) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(otherwise.get());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /// The log of `t/NAME:default`.
  String log(String name) {
    Path log = root.resolve("log").resolve("t-" + name + ":default.log");
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How often the log has the text.
  int logged(String name, String text) {
    return log(name).split(java.util.regex.Pattern.quote(text), -1).length - 1;
  }

  /// The processes of the instance's contract.
  List<Long> processes(String name) {
    List<Long> processes = new ArrayList<>();
    for (String line : ok("svcs -H -p svc:/t/" + name + ":default").split("\n")) {
      if (line.startsWith("               ")) {
        processes.add(Long.parseLong(line.strip().split(" +")[1]));
      }
    }
    return processes;
  }

  void kill(long pid, String signal) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    if (status != 0) {
      throw new AssertionError("no process " + pid);
    }
  }

  /// Stops every service and the daemon.
  @Override
  public void close() {
    daemon.toHandle().destroy();
    try {
      if (!daemon.waitFor(90, TimeUnit.SECONDS)) {
        daemon.destroyForcibly();
        throw new AssertionError("the daemon does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
