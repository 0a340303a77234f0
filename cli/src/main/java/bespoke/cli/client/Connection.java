package bespoke.cli.client;

import bespoke.api.Outcome;
import bespoke.api.Request;
import bespoke.api.Wire;
import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonReader;
import bespoke.connect.ByteStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// One connection to the daemon: a request, its answer, the next request.
public final class Connection implements AutoCloseable {

  private static final int FIRST_BUFFER_BYTES = 64 << 10;

  private final Path socket;
  private final ByteStream stream;
  private final JsonReader reader = new JsonReader();
  private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
  private int start;
  private int end;

  private Connection(Path socket, ByteStream stream) {
    this.socket = socket;
    this.stream = stream;
  }

  /// Connects to the socket at that path.
  ///
  /// @throws DaemonUnreachableException if nobody listens there; the message says why
  public static Connection open(Path socket) throws DaemonUnreachableException {
    try {
      return new Connection(socket, ByteStream.to(socket));
    } catch (IOException e) {
      throw new DaemonUnreachableException(socket, reason(socket, e));
    }
  }

  private static String reason(Path socket, IOException e) {
    if (!Files.exists(socket)) {
      return "it does not exist";
    }
    String message = String.valueOf(e.getMessage());
    return message.contains("too long")
        ? "the path is longer than 107 bytes; choose a shorter root"
        : message;
  }

  /// Sends a request and hands each line of the answer on until the outcome comes.
  ///
  /// @throws DaemonUnreachableException if the daemon goes away or answers nonsense
  public Outcome call(Request request, Replies replies) throws DaemonUnreachableException {
    try {
      stream.write(request.toLine());
      while (true) {
        JsonObject reply = nextLine();
        String kind = reply.firstName();
        if (kind.equals("outcome")) {
          return Outcome.from(reply.object(kind));
        }
        if (kind.equals("table")) {
          replies.table(bytes(reply.object(kind).number("bytes")));
        } else {
          replies.line(kind, reply.object(kind));
        }
      }
    } catch (IOException e) {
      throw new DaemonUnreachableException(socket, "it went away: " + e.getMessage());
    } catch (JsonException e) {
      throw new DaemonUnreachableException(socket, "it answered nonsense: " + e.getMessage());
    }
  }

  /// The bytes that follow a line.
  private byte[] bytes(long length) throws IOException {
    if (length < 0 || length > Wire.REPLY_BYTES_MAX) {
      throw new IOException("a table has " + length + " bytes");
    }
    byte[] bytes = new byte[(int) length];
    int known = Math.min(end - start, bytes.length);
    System.arraycopy(buffer, start, bytes, 0, known);
    start += known;
    while (known < bytes.length) {
      int count = stream.read(bytes, known, bytes.length - known);
      if (count <= 0) {
        throw new IOException("end of stream");
      }
      known += count;
    }
    return bytes;
  }

  private JsonObject nextLine() throws IOException {
    int searched = start;
    while (true) {
      for (int i = searched; i < end; i++) {
        if (buffer[i] == '\n') {
          JsonObject line = reader.read(buffer, start, i);
          start = i + 1;
          return line;
        }
      }
      searched = fill(end);
    }
  }

  /// Reads more; returns where the new bytes begin.
  private int fill(int searched) throws IOException {
    int newBytes = searched;
    if (end == buffer.length) {
      int length = end - start;
      if (length >= Wire.REPLY_BYTES_MAX) {
        throw new IOException("a line is longer than " + Wire.REPLY_BYTES_MAX + " bytes");
      }
      byte[] target = start > buffer.length / 2 ? buffer : Arrays.copyOf(buffer, end * 2);
      System.arraycopy(buffer, start, target, 0, length);
      newBytes -= start;
      buffer = target;
      start = 0;
      end = length;
    }
    int count = stream.read(buffer, end, buffer.length - end);
    if (count <= 0) {
      throw new IOException("end of stream");
    }
    end += count;
    return newBytes;
  }

  @Override
  public void close() {
    stream.close();
  }
}
