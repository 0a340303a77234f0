package bespoke.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The fast way itself needs what the launcher opens; `bench/counts.sh commands` counts that the
/// distribution takes it.
class ByteStreamTest {

  @Test
  void aJdkWithoutTheMethodsIsNoFailure(@TempDir Path directory) throws IOException {
    String path = directory.resolve("socket").toString();
    assertNull(AttachStream.to(path, "bespoke.connect.NoSuchClass"));
    assertNull(AttachStream.to(path, Object.class.getName()));
  }

  @Test
  void aPathThatWouldBeCutOrReadInAnotherWayIsLeftToTheChannel() throws IOException {
    assertNull(AttachStream.to("/" + "x".repeat(107)));
    assertNull(AttachStream.to("/tmp/f\u00fcr"));
  }

  @Test
  void bytesGoBothWaysAndAnEndIsSeen(@TempDir Path directory) throws IOException {
    Path socket = directory.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      ByteStream stream = ByteStream.to(socket);
      try (SocketChannel client = server.accept()) {
        stream.write("there".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer there = ByteBuffer.allocate(16);
        client.read(there);
        assertEquals("there", new String(there.array(), 0, 5, StandardCharsets.US_ASCII));
        client.write(ByteBuffer.wrap("back".getBytes(StandardCharsets.US_ASCII)));
      }
      byte[] back = new byte[16];
      assertEquals(4, stream.read(back, 2, 8));
      assertEquals("back", new String(back, 2, 4, StandardCharsets.US_ASCII));
      assertEquals(-1, stream.read(back, 0, 16));
      stream.close();
    }
  }

  @Test
  void nobodyThereIsAFailure(@TempDir Path directory) {
    assertThrows(IOException.class, () -> ByteStream.to(directory.resolve("socket")));
  }
}
