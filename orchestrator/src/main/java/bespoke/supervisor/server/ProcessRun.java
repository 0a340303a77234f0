package bespoke.supervisor.server;

import bespoke.contract.Stream;
import bespoke.supervisor.config.Account;
import bespoke.supervisor.config.Check;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.ProcessConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run of a program: its pipes, its readiness socket and its record, from before the launch
/// until the process has ended.
final class ProcessRun {
  private final World world;
  private final ProcessConfig config;
  private final ProcessLogs logs;
  private final ProcessStreams streams;
  private final long number;
  private @Nullable ReadinessSocket readiness;
  private @Nullable ProcessRecord record;

  /// @param number of the launch; names its files
  ProcessRun(World world, ProcessConfig config, ProcessLogs logs, long number) {
    this.world = world;
    this.config = config;
    this.logs = logs;
    this.number = number;
    streams = new ProcessStreams(world.loop(), world.privateDirectory());
  }

  long number() {
    return number;
  }

  /// Makes the pipes of a process that is to be launched.
  ///
  /// @param session of an event listener; null for any other program
  /// @param socket for descriptor 0; empty = a pipe
  /// @throws IOException with the reason
  ProcessLauncher.Streams open(@Nullable ListenerSession session, OptionalInt socket)
      throws IOException {
    logs.open();
    logs.begin();
    Account user = config.context().user();
    Stream output = output(".out", logs.stdout(), session == null ? null : session::heard);
    Stream error =
        config.redirectStderr() ? new Stream.SameAsOutput() : output(".err", logs.stderr(), null);
    Stream input =
        socket.isPresent()
            ? new Stream.Inherited(socket.getAsInt())
            : streams.input(number + ".in", user);
    return new ProcessLauncher.Streams(input, output, error);
  }

  /// A pipe into a route; the null device if nobody wants the output.
  private Stream output(String ending, OutputRoute route, @Nullable Consumer<byte[]> listening)
      throws IOException {
    if (listening == null && !route.isWanted()) {
      return new Stream.Nothing();
    }
    return streams.output(
        number + ending,
        config.context().user(),
        route,
        listening == null ? bytes -> {} : listening);
  }

  /// Listens for readiness if the program is to tell it.
  ///
  /// @param onReady called on the loop
  /// @return variables for the process
  /// @throws IOException if there is no socket to listen on
  List<String> listen(long contract, Runnable onReady) throws IOException {
    if (!(config.checks().readiness() instanceof Check.Notify)) {
      return List.of();
    }
    PrivateDirectory directory = world.privateDirectory();
    if (directory == null) {
      throw new IOException("there is no directory for its notification socket");
    }
    Path path = directory.file(number, ".notify");
    readiness = ReadinessSocket.open(world, path, contract, config.context().user(), onReady);
    return List.of("NOTIFY_SOCKET=" + readiness.address());
  }

  /// The process was started.
  void launched(ProcessRecord newRecord) {
    streams.started(newRecord.pid());
    keep(newRecord);
  }

  /// The process is ready; the next server must know that.
  void becameReady() {
    if (record != null && config.checks().readiness() != null && !record.isReady()) {
      keep(record.ready());
    }
  }

  /// Opens the pipes of a process that an earlier server started.
  void attach(ProcessRecord left) {
    keep(left);
    PrivateDirectory directory = world.privateDirectory();
    if (directory == null) {
      return;
    }
    try {
      logs.open();
      watch(directory.file(number, ".out"), logs.stdout());
      watch(directory.file(number, ".err"), logs.stderr());
      Path input = directory.file(number, ".in");
      if (isPipe(input)) {
        streams.attachInput(input);
      }
    } catch (IOException e) {
      log(LogLevel.ERROR, "cannot open the pipes of " + config.name() + " again: " + e);
    }
  }

  private void watch(Path pipe, OutputRoute route) throws IOException {
    if (isPipe(pipe)) {
      streams.watch(pipe, route::accept);
    }
  }

  /// Neither missing nor a file that somebody has put there.
  private static boolean isPipe(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  private void keep(ProcessRecord newRecord) {
    record = newRecord;
    PrivateDirectory directory = world.privateDirectory();
    if (directory == null) {
      return;
    }
    try {
      directory.journal().keep(newRecord);
    } catch (IOException e) {
      log(LogLevel.WARN, "the next server will not find " + config.name() + ": " + e);
    }
  }

  private void log(LogLevel level, String text) {
    world.log().write(level, text);
  }

  /// Writes to the process's standard input.
  InputPipe.Sent send(byte[] data) {
    return streams.send(data);
  }

  /// The process is gone: what it wrote is read, and it is forgotten.
  void ended() {
    streams.processEnded();
    logs.end();
    closeReadiness();
    if (world.privateDirectory() != null) {
      world.privateDirectory().journal().forget(number);
    }
  }

  /// Nothing was started, or nobody is interested any more.
  void close() {
    streams.close();
    closeReadiness();
  }

  private void closeReadiness() {
    if (readiness != null) {
      readiness.close();
      readiness = null;
    }
  }
}
