package bespoke.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerCredentialsTest {
  @TempDir Path directory = Path.of("/nonexistent");

  @Test
  void theOtherEndOfASocketIsKnownByTheKernel() throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      SocketChannel gone;
      try (SocketChannel client = SocketChannel.open(address);
          SocketChannel accepted = server.accept()) {
        PeerCredentials peer = PeerCredentials.of(accepted).orElseThrow();
        assertThat(peer.pid()).isEqualTo(Processes.self());
        assertThat(peer.uid()).isEqualTo(Processes.uid(Processes.self()).orElseThrow());
        assertThat(PeerCredentials.of(client)).contains(peer);
        gone = client;
      }
      assertThat(PeerCredentials.of(gone)).isEmpty();
    }
  }
}
