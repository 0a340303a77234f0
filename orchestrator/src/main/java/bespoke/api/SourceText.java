package bespoke.api;

import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// A file that is handed to the daemon with its content.
///
/// @param name as the person typed it, for messages
/// @param text its content, if that is UTF-8; else in Base64
/// @param base64 whether the text is Base64
/// @param link where it points if it is a symbolic link, else empty
/// @param companion whether it only comes along because another file may need it
public record SourceText(String name, String text, boolean base64, String link, boolean companion)
    implements JsonWritable {

  /// A file of UTF-8.
  public SourceText(String name, String text) {
    this(name, text, false, "", false);
  }

  /// A file with any content.
  public static SourceText of(String name, byte[] bytes, String link, boolean companion) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean same = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
    return new SourceText(
        name, same ? text : Base64.getEncoder().encodeToString(bytes), !same, link, companion);
  }

  /// The content.
  ///
  /// @throws JsonException if it is not the Base64 that it says it is
  public byte[] bytes() {
    if (!base64) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new JsonException("the content of \"" + name + "\" is no Base64");
    }
  }

  /// Reads one.
  ///
  /// @throws JsonException if a field has the wrong type
  public static SourceText from(JsonObject object) {
    SourceText read =
        new SourceText(
            object.text("name"),
            object.text("text"),
            object.flag("base64"),
            object.text("link"),
            object.flag("companion"));
    if (read.base64) {
      var _ = read.bytes();
    }
    return read;
  }

  static List<SourceText> list(List<JsonObject> objects) {
    List<SourceText> list = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      list.add(from(objects.get(i)));
    }
    return list;
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("name", name);
    out.field("text", text);
    out.field("base64", base64);
    out.field("link", link);
    out.field("companion", companion);
  }
}
