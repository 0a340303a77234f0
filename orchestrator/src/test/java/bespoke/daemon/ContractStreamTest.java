package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ContractEventRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `ctwatch` is told of real processes.
class ContractStreamTest {

  @TempDir Path root;
  @TempDir Path manifests;

  private static BufferedReader following(
      Path root, SocketChannel channel, List<Long> ids, List<String> operands) throws IOException {
    channel.connect(UnixDomainSocketAddress.of(root.resolve("run/control.sock")));
    channel.write(ByteBuffer.wrap(new InstanceRequest.WatchContracts(ids, operands).toLine()));
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    assertThat(in.readLine()).contains("\"now\"");
    return in;
  }

  private static ContractEventRecord event(BufferedReader in) throws IOException {
    byte[] line = in.readLine().getBytes(StandardCharsets.UTF_8);
    return ContractEventRecord.from(JsonObject.parse(line).object("contract-event"));
  }

  @Test
  @Timeout(60)
  void deathsBirthsAndEmptinessAreToldWithTheServiceAndNothingOfOthers() throws Exception {
    for (String name : List.of("web", "other")) {
      Files.writeString(
          manifests.resolve(name + ".yaml"),
          """
          service: site/%s
          enabled: true
          methods: {start: {exec: sleep 1000}}
          startd: {duration: child}
          """
              .formatted(name));
    }
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests);
        SocketChannel first = SocketChannel.open(StandardProtocolFamily.UNIX);
        SocketChannel second = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      daemon.awaitSettled();
      var web = daemon.instance("web");
      long pid = web.detail().processes().getFirst().pid();
      BufferedReader byService = following(root, first, List.of(), List.of("web"));
      BufferedReader byNumber = following(root, second, web.contracts(), List.of());
      daemon.act("restart", "other");
      assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();

      List<ContractEventRecord> events = new ArrayList<>();
      while (events.stream().noneMatch(it -> it.type().equals("fork"))) {
        events.add(event(byService));
      }
      assertThat(events).allMatch(it -> it.fmri().equals("svc:/site/web:default"));
      assertThat(events)
          .anySatisfy(it -> {
            assertThat(it.type()).isEqualTo("signal");
            assertThat(it.status()).isEqualTo(9);
            assertThat(it.pid()).isEqualTo(pid);
            assertThat(it.critical()).isTrue();
          })
          .filteredOn(it -> it.type().equals("empty"))
          .as("told once, however often the engine asks")
          .hasSize(1);
      assertThat(event(byNumber)).isEqualTo(events.getFirst());
    }
  }
}
