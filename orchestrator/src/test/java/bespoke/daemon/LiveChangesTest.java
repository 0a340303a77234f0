package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ChangeRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.SourceText;
import bespoke.api.TransactionRequest;
import bespoke.api.json.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes with real processes.
class LiveChangesTest {
  private static final int SERVICES = 5;
  private static final String OK = "{\"outcome\":{}}";
  private static final long PATIENCE_NANOS = 100_000_000_000L;
  private static final long POLL_NANOS = 20_000_000;

  @TempDir Path directory;
  private Path root;
  private Path manifests;

  @BeforeEach
  void prepare() throws IOException {
    root = directory.resolve("r");
    manifests = Files.createDirectory(directory.resolve("m"));
    Files.writeString(manifests.resolve("all.yaml"), text(1));
  }

  /// A chain of services; every start says which version it starts.
  private String text(int version) {
    StringBuilder all = new StringBuilder();
    for (int i = 1; i <= SERVICES; i++) {
      all.append(
          """
          ---
          service: site/s%d
          enabled: true
          requires: [%s]
          methods:
            start: {exec: "echo s%d %d >> %s/started; sleep 1000 &", timeout_seconds: 100}
            stop: {exec: ":kill", timeout_seconds: 100}
          property_groups:
            config: {version: %d}
          """
              .formatted(i, i == 1 ? "" : "site/s" + (i - 1), i, version, directory, version));
    }
    return all.toString();
  }

  private Map<String, Integer> lastStarted() throws IOException {
    Map<String, Integer> last = new HashMap<>();
    for (String line : Files.readAllLines(directory.resolve("started"))) {
      String[] words = line.split(" ");
      last.put(words[0], Integer.parseInt(words[1]));
    }
    return last;
  }

  private TransactionRequest request(int version) {
    return new TransactionRequest.ImportChange(
        List.of(new SourceText("change.yaml", text(version))), 60, "test");
  }

  private static List<ChangeRecord> changes(DaemonProcess daemon) {
    try {
      return daemon.ask(new TransactionRequest.ListChanges()).stream()
          .filter(line -> line.startsWith("{\"change\""))
          .map(line -> JsonObject.parse(line.getBytes(StandardCharsets.UTF_8)).object("change"))
          .map(ChangeRecord::from)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The state and the next one of an instance; empty if it does not exist.
  private static String state(DaemonProcess daemon, String name) {
    try {
      List<String> lines =
          daemon.ask(new InstanceRequest.ListInstances(List.of(name), false, false, true));
      return lines.size() < 2 ? "" : state(lines.getFirst());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String state(String line) {
    JsonObject fields = JsonObject.parse(line.getBytes(StandardCharsets.UTF_8)).object("instance");
    return fields.text("state") + " " + fields.text("next");
  }

  private static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it took too long").isLessThan(until);
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private void everythingRuns(DaemonProcess daemon, int version) throws IOException {
    for (int i = 1; i <= SERVICES; i++) {
      assertThat(daemon.instance("site/s" + i).state()).as("s%d", i).isEqualTo("online");
      assertThat(lastStarted()).containsEntry("s" + i, version);
    }
  }

  @Test
  void whoWaitsInVainSinceSomebodyOutsideWentIsNoticedAtOnce() throws Exception {
    Files.writeString(
        manifests.resolve("outside.yaml"),
        """
        service: site/outside
        enabled: false
        methods: {start: {exec: sleep 1000, timeout_seconds: 1000}}
        """);
    String waiting =
        """
        service: site/waiting
        enabled: true
        requires: [site/outside]
        methods: {start: {exec: ":true"}}
        """;
    TransactionRequest change =
        new TransactionRequest.ImportChange(List.of(new SourceText("x.yaml", waiting)), 600, "");
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests);
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      daemon.awaitSettled();
      daemon.ask(
          new InstanceRequest.Act(
              "enable", List.of("outside"), "", false, false, false, false, false, false, ""));
      await(() -> state(daemon, "outside").equals("offline online"));
      channel.connect(UnixDomainSocketAddress.of(root.resolve("run/control.sock")));
      channel.write(ByteBuffer.wrap(change.toLine()));
      await(() -> state(daemon, "waiting").equals("offline "));
      assertThat(daemon.act("disable", "site/outside")).isEqualTo(OK);
      await(() -> changes(daemon).getFirst().standing().equals("rolled back"));
      assertThat(changes(daemon).getFirst().why())
          .contains("site/waiting:default is offline for good", "site/outside:default is disabled");
    }
  }

  @Test
  void aSecondChangeIsRefusedAndTheFirstIsTakenBackOnRequest() throws Exception {
    String slow = text(2).replace("sleep 1000 &\", timeout", "sleep 100\", timeout"); // never ready
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      TransactionRequest first =
          new TransactionRequest.ImportChange(List.of(new SourceText("slow.yaml", slow)), 600, "");
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(root.resolve("run/control.sock")));
        channel.write(ByteBuffer.wrap(first.toLine()));
        await(() -> !changes(daemon).isEmpty());
        String second = daemon.ask(request(3)).getLast();
        assertThat(second).contains("change 1 of ", "is under way", "svccfg change revert 1");
        assertThat(daemon.ask(new TransactionRequest.RevertChange(1, 0, "")))
            .anySatisfy(line -> assertThat(line).contains("rolled back", "asked for it"))
            .last()
            .isEqualTo(OK);
      }
      everythingRuns(daemon, 1);
      assertThat(daemon.ask(request(3)).getLast()).isEqualTo(OK);
      everythingRuns(daemon, 3);
      List<String> answer = daemon.ask(new TransactionRequest.RevertChange(2, 0, ""));
      assertThat(answer.getLast()).isEqualTo(OK);
      everythingRuns(daemon, 1);
      assertThat(daemon.ask(new TransactionRequest.RevertChange(2, 0, "")).getLast())
          .contains("was changed since");
    }
  }
}
