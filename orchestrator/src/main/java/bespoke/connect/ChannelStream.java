package bespoke.connect;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// The socket of `java.nio`: right everywhere, and slow to start, since its first use sets up the
/// JDK's cryptography for a random name that a client never asks for.
record ChannelStream(SocketChannel channel) implements ByteStream {

  static ChannelStream to(Path socket) throws IOException {
    ChannelStream stream = new ChannelStream(SocketChannel.open(StandardProtocolFamily.UNIX));
    try {
      stream.channel.connect(UnixDomainSocketAddress.of(socket));
      return stream;
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  @Override
  public int read(byte[] buffer, int from, int lengthMax) throws IOException {
    return channel.read(ByteBuffer.wrap(buffer, from, lengthMax));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // nobody is left to be told
    }
  }
}
