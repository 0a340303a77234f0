package bespoke.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Where programs are rehearsed: runs them and notes the classes that they load.
///
/// Lists are made for each kind of program, since a JVM loads all linked classes of an archive when
/// it starts: nobody should pay for the classes of others.
final class Stage {
  private static final long SECONDS_MAX = 60;

  private final Path directory;

  /// @param directory to be made
  Stage(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  Path at(String name) {
    return directory.resolve(name);
  }

  /// What the programs printed.
  Path output() {
    return at("output");
  }

  /// Starts a JVM that lists what it loads.
  ///
  /// @param command the JVM with its flags and class path
  /// @param list the class list to be made
  /// @param arguments the main class and its arguments
  Process start(List<String> command, Path list, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.add(1, "-Xshare:off");
    all.add(2, "-XX:DumpLoadedClassList=" + list);
    all.addAll(arguments);
    return start(all);
  }

  Process start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
    builder.environment().put("LC_ALL", "C"); // which loads more than UTF-8 does
    return builder.start();
  }

  /// Waits until something is so, the program has ended, or a minute is over.
  static void await(Process program, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (program.isAlive() && !condition.getAsBoolean() && System.nanoTime() - end < 0) {
      Thread.sleep(20);
    }
  }

  /// Waits for the end of a program, and ends it after a minute.
  static void end(Process program) throws InterruptedException {
    if (!program.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      program.destroyForcibly().waitFor();
    }
  }
}
