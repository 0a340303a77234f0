package bespoke.assembly;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs the daemon once over a few services, lets it do what it does most, and writes the classes
/// that it loads into a list.
///
/// A machine that does not let it is no reason to fail: the daemon then starts without archive.
final class DaemonRehearsal {
  private static final String MANIFEST =
      """
      service: rehearsal/base
      enabled: true
      methods:
        start: {exec: "/bin/true", timeout_seconds: 10}
        stop: {exec: ":true", timeout_seconds: 10}
      startd: {duration: transient}
      ---
      service: rehearsal/child
      enabled: true
      dependencies:
        base: {grouping: require_all, restart_on: none, services: [rehearsal/base]}
      methods:
        start: {exec: "exec sleep 600", timeout_seconds: 10}
        stop: {exec: ":kill", timeout_seconds: 10}
      startd: {duration: child}
      ---
      service: rehearsal/top
      enabled: true
      dependencies:
        child: {grouping: require_all, restart_on: none, services: [rehearsal/child]}
      methods:
        start: {exec: "sleep 600 &", timeout_seconds: 10}
        stop: {exec: ":kill", timeout_seconds: 10}
      """;

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("svcs"),
          List.of("svcadm", "restart", "-s", "rehearsal/top"),
          List.of("svcadm", "disable", "-s", "rehearsal/top"),
          List.of("svcadm", "enable", "-s", "rehearsal/top"));

  private final List<String> daemonCommand;
  private final List<String> commandCommand;
  private final Stage stage;

  /// @param daemonCommand the JVM with the daemon's flags and class path
  /// @param commandCommand the JVM with the commands' flags and class path
  DaemonRehearsal(List<String> daemonCommand, List<String> commandCommand, Stage stage) {
    this.daemonCommand = List.copyOf(daemonCommand);
    this.commandCommand = List.copyOf(commandCommand);
    this.stage = stage;
  }

  /// @param list the class list to be made
  void run(Path list) throws IOException, InterruptedException {
    Path manifests = Files.createDirectories(stage.at("manifests"));
    Files.writeString(manifests.resolve("rehearsal.yaml"), MANIFEST);
    Path root = stage.at("root");
    Process daemon =
        stage.start(
            daemonCommand,
            stage.at("classlist"),
            List.of(
                "bespoke.daemon.SvcStartd",
                "--root",
                root.toString(),
                "--manifests",
                manifests.toString()));
    Stage.await(daemon, () -> says("services are online"));
    ping(root.resolve("run/control.sock"));
    // the sleep of the child is the first process that ends unasked
    daemon.children().forEach(ProcessHandle::destroyForcibly);
    for (List<String> command : COMMANDS) {
      perform(command, root);
    }
    perform(List.of("svcadm", "shutdown"), root);
    Stage.end(daemon);
    if (daemon.exitValue() == 0) {
      Files.copy(stage.at("classlist"), list);
    } else {
      System.err.println(
          "the daemon could not be rehearsed, so it gets no archive; see " + stage.output());
    }
  }

  /// As a program asks that watches over the daemon.
  private static void ping(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      byte[] request = "{\"version\":1,\"op\":\"ping\"}\n".getBytes(StandardCharsets.US_ASCII);
      channel.write(ByteBuffer.wrap(request));
      channel.read(ByteBuffer.allocate(1024));
    }
  }

  private boolean says(String text) {
    try {
      return Files.exists(stage.output()) && Files.readString(stage.output()).contains(text);
    } catch (IOException e) {
      return false;
    }
  }

  private void perform(List<String> words, Path root) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(commandCommand);
    command.addAll(List.of("bespoke.cli.Main", words.getFirst(), "--root", root.toString()));
    command.addAll(words.subList(1, words.size()));
    Stage.end(stage.start(command));
  }
}
