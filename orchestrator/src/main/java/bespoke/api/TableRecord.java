package bespoke.api;

import bespoke.api.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The plain table of `svcs`, ready to be printed, for who asked for it so (see [TableView]).
///
/// The one reply that is no JSON: `{"table":{"bytes":N}}` and a newline, then the N bytes of the
/// text in UTF-8. A command is over before its code is compiled, and to decode a thousand records
/// byte by byte would take it longer than all the rest.
///
/// At most [Wire#REPLY_BYTES_MAX] of them; beyond, records are sent.
///
/// @param text with its header and newlines
public record TableRecord(String text) implements Reply {

  @Override
  public String kind() {
    return "table";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("bytes", bytes());
  }

  /// How long the text is in UTF-8.
  public int bytes() {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// The line, and the text behind it.
  @Override
  public byte[] toLine() {
    byte[] header = Reply.super.toLine();
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(header, header.length + content.length);
    System.arraycopy(content, 0, all, header.length, content.length);
    return all;
  }
}
