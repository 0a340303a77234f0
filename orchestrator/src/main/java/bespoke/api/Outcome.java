package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// How a request ended: the last line of every answer.
///
/// @param error one of the [ErrorKind]s, or empty when all went well
/// @param status what the command exits with: 0 done, 1 failed, 2 usage, 3 and 4 as `svcadm -s`
/// @param messages for standard error, in order, without the name of the command
/// @param unmatched the operands that match nothing
public record Outcome(String error, int status, List<String> messages, List<String> unmatched)
    implements Reply {

  public Outcome {
    messages = List.copyOf(messages);
    unmatched = List.copyOf(unmatched);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static Outcome from(JsonObject object) {
    return new Outcome(
        object.text("error"),
        object.smallNumber("status"),
        object.texts("messages"),
        object.texts("unmatched"));
  }

  @Override
  public String kind() {
    return "outcome";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("error", error);
    out.field("status", status);
    out.texts("messages", messages);
    out.texts("unmatched", unmatched);
  }

  /// All went well.
  public static final Outcome OK = new Outcome("", 0, List.of(), List.of());

  /// The request failed, exit status 1.
  public static Outcome failed(ErrorKind kind, String message) {
    return new Outcome(kind.word(), 1, List.of(message), List.of());
  }

  /// Whether all went well.
  public boolean isOk() {
    return error.isEmpty() && status == 0;
  }
}
