package bespoke.cli.client;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A connected UNIX socket. Start reading at [#to].
sealed interface ByteStream permits AttachStream, ChannelStream {

  /// Writes all of them.
  void write(byte[] bytes) throws IOException;

  /// Reads at least one byte and returns how many; less than 1 at the end.
  int read(byte[] buffer, int from, int lengthMax) throws IOException;

  /// Says goodbye; whatever goes wrong then has nobody to tell.
  void close();

  /// Connects in the way that starts sooner.
  static ByteStream to(Path socket) throws IOException {
    @Nullable ByteStream stream = AttachStream.to(socket.toString());
    return stream == null ? ChannelStream.to(socket) : stream;
  }
}
