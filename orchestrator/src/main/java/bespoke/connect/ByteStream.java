package bespoke.connect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A connected UNIX socket. Start reading at [#to].
public sealed interface ByteStream permits AttachStream, ChannelStream {

  /// Writes all of them.
  ///
  /// @throws IOException if the other side is gone
  void write(byte[] bytes) throws IOException;

  /// Reads at least one byte and returns how many; less than 1 at the end.
  ///
  /// @throws IOException if the connection broke
  int read(byte[] buffer, int from, int lengthMax) throws IOException;

  /// Says goodbye; whatever goes wrong then has nobody to tell. A thread that reads may go on
  /// waiting.
  void close();

  /// Connects in the way that starts sooner.
  ///
  /// @throws IOException if nobody listens there
  static ByteStream to(Path socket) throws IOException {
    @Nullable ByteStream stream = AttachStream.to(socket.toString());
    return stream == null ? ChannelStream.to(socket) : stream;
  }

  /// The same for who reads streams; it is closed by [#close()] alone.
  default InputStream input() {
    return new ByteStreamInput(this);
  }
}
