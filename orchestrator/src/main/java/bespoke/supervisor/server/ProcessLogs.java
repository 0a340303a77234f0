package bespoke.supervisor.server;

import bespoke.supervisor.config.LogDestination;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.ProcessConfig;
import bespoke.supervisor.config.StreamConfig;
import bespoke.supervisor.log.RotatingFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The routes of both output streams of one process, and their files.
final class ProcessLogs {
  private final World world;
  private final ProcessConfig config;
  private final String group;
  private final LongSupplier pid;
  private final OutputRoute stdout;
  private final OutputRoute stderr;

  /// @param pid the process that writes now
  /// @param left what an earlier server left running of it; null = nothing
  /// @throws IOException if an automatic log cannot be made
  ProcessLogs(
      World world,
      ProcessConfig config,
      String group,
      LongSupplier pid,
      @Nullable ProcessRecord left)
      throws IOException {
    this.world = world;
    this.config = config;
    this.group = group;
    this.pid = pid;
    stdout = route("stdout", config.stdout(), left == null ? null : left.stdoutLog());
    stderr = route("stderr", config.stderr(), left == null ? null : left.stderrLog());
  }

  private OutputRoute route(String name, StreamConfig stream, @Nullable Path used)
      throws IOException {
    RotatingFile file =
        switch (stream.destination()) {
          case LogDestination.None() -> null;
          case LogDestination.Auto() ->
              new RotatingFile(
                  used != null
                      ? used
                      : AutoLog.create(world.configuration().server(), config.name(), name),
                  stream.maxBytes(),
                  stream.backups());
          case LogDestination.File(String path) ->
              new RotatingFile(Path.of(path).toAbsolutePath(), stream.maxBytes(), stream.backups());
        };
    return new OutputRoute(
        new OutputRoute.Origin(config.name(), group, name, pid),
        stream,
        file,
        world.configuration().server().stripAnsi(),
        InstantSource.system(),
        world.events()::publish,
        world.log().includes(LogLevel.DEBUG)
            ? text -> world.log().write(LogLevel.DEBUG, text)
            : null,
        problem -> world.log().write(LogLevel.ERROR, config.name() + ": " + problem));
  }

  OutputRoute stdout() {
    return stdout;
  }

  OutputRoute stderr() {
    return stderr;
  }

  private List<OutputRoute> both() {
    return List.of(stdout, stderr);
  }

  /// The current file; null if there is none.
  @Nullable Path file(boolean ofStderr) {
    RotatingFile file = (ofStderr ? stderr : stdout).file();
    return file == null ? null : file.path();
  }

  /// Opens the files.
  ///
  /// @throws IOException beginning with the error's name
  void open() throws IOException {
    for (OutputRoute route : both()) {
      RotatingFile file = route.file();
      if (file != null) {
        try {
          file.open();
        } catch (NoSuchFileException e) {
          throw new IOException("ENOENT: " + e.getMessage(), e);
        }
      }
    }
  }

  /// A new process writes from now on.
  void begin() {
    both().forEach(OutputRoute::begin);
  }

  /// The process is gone: what was held back comes out.
  void end() {
    both().forEach(OutputRoute::end);
  }

  /// Says in the process's own log that it was not started.
  void notSpawned(String reason) {
    stderr.accept(
        ("supervisor: " + reason + "\nsupervisor: child process was not spawned\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  /// Empties the files.
  ///
  /// @throws IOException if that fails
  void clear() throws IOException {
    for (OutputRoute route : both()) {
      RotatingFile file = route.file();
      if (file != null) {
        file.clear();
      }
    }
  }

  /// Opens the files anew.
  void reopen() {
    for (OutputRoute route : both()) {
      RotatingFile file = route.file();
      if (file != null) {
        file.reopen();
      }
    }
  }

  void close() {
    for (OutputRoute route : both()) {
      RotatingFile file = route.file();
      if (file != null) {
        file.close();
      }
    }
  }
}
