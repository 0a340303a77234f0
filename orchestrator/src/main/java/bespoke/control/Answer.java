package bespoke.control;

import bespoke.api.ErrorKind;
import bespoke.api.Outcome;
import bespoke.api.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to one request: records, then one outcome. Collects small records into one write.
class Answer {
  private static final int CHUNK_BYTES = 32 << 10;

  private final @Nullable Connection connection;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream(512);
  private boolean ended;

  /// @param connection null for one that is sent to nobody
  Answer(@Nullable Connection connection) {
    this.connection = connection;
  }

  /// Adds a record; it may be sent later.
  ///
  /// @throws IOException if the client is gone
  void add(Reply reply) throws IOException {
    pending.writeBytes(reply.toLine());
    if (pending.size() >= CHUNK_BYTES) {
      flush();
    }
  }

  /// Adds records.
  ///
  /// @throws IOException if the client is gone
  void addAll(List<? extends Reply> replies) throws IOException {
    for (Reply reply : replies) {
      add(reply);
    }
  }

  /// Sends what was added so far.
  ///
  /// @throws IOException if the client is gone
  void flush() throws IOException {
    if (pending.size() > 0 && connection != null) {
      connection.write(pending.toByteArray());
      pending.reset();
    }
  }

  /// Sends the outcome; nothing may follow.
  ///
  /// @throws IOException if the client is gone
  void end(Outcome outcome) throws IOException {
    if (ended) {
      throw new IllegalStateException("the answer has ended");
    }
    ended = true;
    add(outcome);
    flush();
  }

  /// Sends an outcome that is an error.
  ///
  /// @throws IOException if the client is gone
  void fail(ErrorKind kind, String message) throws IOException {
    end(Outcome.failed(kind, message));
  }

  boolean hasEnded() {
    return ended;
  }
}
