package bespoke.daemon;

import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A real `svc.startd` in a JVM of its own.
final class DaemonProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Path root;
  private final Process process;
  private final BufferedReader output;
  final List<String> lines = new ArrayList<>();

  private DaemonProcess(Path root, Process process) {
    this.root = root;
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static DaemonProcess start(Path root, Path manifests, String... more) throws IOException {
    return start(List.of(SvcStartd.class.getName()), root, manifests, more);
  }

  /// One of a distribution.
  ///
  /// @param home of the distribution, whose launcher takes its place when it is restarted
  static DaemonProcess startOf(Path home, Path root, Path manifests) throws IOException {
    return start(List.of("-Dbespoke.home=" + home, SvcStartd.class.getName()), root, manifests);
  }

  /// One that is killed before its n-th decision is carried out.
  static DaemonProcess startDying(int decision, Path root, Path manifests) throws IOException {
    return start(List.of(DyingDaemon.class.getName(), Integer.toString(decision)), root, manifests);
  }

  /// One that is killed before the n-th act of a change.
  static DaemonProcess startDyingInChange(int act, Path root, Path manifests) throws IOException {
    return start(List.of(DyingInChange.class.getName(), Integer.toString(act)), root, manifests);
  }

  private static DaemonProcess start(
      List<String> program, Path root, Path manifests, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(program);
    command.addAll(List.of("--root", root.toString(), "--manifests", manifests.toString()));
    command.addAll(Arrays.asList(more));
    return new DaemonProcess(root, new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  long pid() {
    return process.pid();
  }

  /// Reads its output up to a line.
  ///
  /// @throws AssertionError if it ends before
  String awaitLine(Predicate<String> wanted) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (wanted.test(line)) {
        return line;
      }
    }
    throw new AssertionError("the daemon ended: " + lines);
  }

  /// Waits until nothing moves.
  String awaitSettled() throws IOException {
    return awaitLine(line -> line.contains(" online, "));
  }

  /// Waits for its end.
  int awaitExit() throws IOException, InterruptedException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
    }
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the daemon does not end");
    }
    return process.exitValue();
  }

  /// TERM.
  void terminate() {
    process.toHandle().destroy(); // Process.destroy would close its output, too
  }

  /// KILL.
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// All lines of the answer to a request.
  List<String> ask(Request request) throws IOException {
    List<String> answer = new ArrayList<>();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(root.resolve("run/control.sock")));
      channel.write(ByteBuffer.wrap(request.toLine()));
      InputStream in = Channels.newInputStream(channel);
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c != '\n') {
          line.append((char) c);
          continue;
        }
        answer.add(line.toString());
        if (line.toString().startsWith("{\"outcome\"")) {
          return answer;
        }
        line.setLength(0);
      }
    }
    throw new AssertionError("the answer has no outcome: " + answer);
  }

  /// An instance with its processes.
  InstanceRecord instance(String operand) throws IOException {
    String line =
        ask(new InstanceRequest.ListInstances(List.of(operand), false, true, true)).getFirst();
    return InstanceRecord.from(
        JsonObject.parse(line.getBytes(StandardCharsets.UTF_8)).object("instance"));
  }

  /// Does something to an instance and waits until it arrived.
  String act(String action, String operand) throws IOException {
    return ask(new InstanceRequest.Act(
            action, List.of(operand), "", false, false, false, false, true, false, ""))
        .getLast();
  }

  /// Stops everything that it started.
  @Override
  public void close() {
    process.toHandle().destroy();
    try {
      awaitExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
