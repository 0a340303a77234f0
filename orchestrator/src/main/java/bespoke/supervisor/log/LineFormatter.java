package bespoke.supervisor.log;

import bespoke.api.json.JsonWriter;
import bespoke.supervisor.config.LogFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Cuts output into lines and writes each with its time and, if asked, its origin.
///
/// A line that is not complete is held back, up to a limit; it bears the time of its first byte.
public final class LineFormatter {
  /// A longer line is written in pieces, in bytes.
  static final int LINE_BYTES_MAX = 64 << 10;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final LogFormat format;
  private final String group;
  private final String process;
  private final String stream;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable Instant begun;

  /// @param stream `stdout` or `stderr`
  public LineFormatter(LogFormat format, String group, String process, String stream) {
    this.format = format;
    this.group = group;
    this.process = process;
    this.stream = stream;
  }

  /// Takes output as it was read and gives what is to be written.
  ///
  /// @param now when it was read
  /// @param pid who wrote it
  public byte[] feed(byte[] data, Instant now, long pid) {
    if (format == LogFormat.RAW) {
      return data;
    }
    var out = new ByteArrayOutputStream(data.length + 64);
    int from = 0;
    for (int i = 0; i < data.length; i++) {
      if (begun == null) {
        begun = now;
      }
      boolean isEnd = data[i] == '\n';
      if (isEnd || line.size() + i - from + 1 >= LINE_BYTES_MAX) {
        line.write(data, from, i - from + (isEnd ? 0 : 1));
        out.writeBytes(finish(begun, pid));
        from = i + 1;
      }
    }
    line.write(data, from, data.length - from);
    return out.toByteArray();
  }

  /// The line that was held back, if there is one: nobody will complete it.
  public byte[] flush(long pid) {
    return begun == null ? new byte[0] : finish(begun, pid);
  }

  private byte[] finish(Instant time, long pid) {
    byte[] text = line.toByteArray();
    line.reset();
    begun = null;
    if (format == LogFormat.JSON) {
      return json(time, pid, text);
    }
    String prefix =
        TIME.format(time)
            + (format == LogFormat.NAMED ? " " + group + ":" + process + " " + stream : "")
            + " ";
    var out = new ByteArrayOutputStream(prefix.length() + text.length + 1);
    out.writeBytes(prefix.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(text);
    out.write('\n');
    return out.toByteArray();
  }

  private byte[] json(Instant time, long pid, byte[] text) {
    return JsonWriter.complete()
        .beginObject()
        .field("time", TIME.format(time))
        .field("group", group)
        .field("process", process)
        .field("pid", pid)
        .field("stream", stream)
        .field("message", new String(text, StandardCharsets.UTF_8))
        .endObject()
        .line();
  }
}
