package bespoke.api;

import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;

/// What a client may ask for. Each says which replies answer it; the last is always an [Outcome].
public sealed interface Request extends JsonWritable
    permits InstanceRequest,
        ConfigurationRequest,
        EditingRequest,
        ComparisonRequest,
        GraphRequest,
        ChangeRequest,
        TransactionRequest,
        Request.Ping,
        Request.Report,
        Request.Shutdown {

  /// The word that stands after `op` on the wire.
  String op();

  /// The line with its newline.
  default byte[] toLine() {
    JsonWriter out = JsonWriter.forWire().beginObject();
    out.field("version", Wire.VERSION).field("op", op());
    writeFields(out);
    return out.endObject().line();
  }

  /// Asks who is there: one [PongRecord].
  record Ping() implements Request {
    @Override
    public String op() {
      return "ping";
    }

    @Override
    public void writeFields(JsonWriter out) {}
  }

  /// What somebody far away needs to help, as a zip archive: [TextRecord]s, each a piece of it in
  /// Base64.
  record Report() implements Request {
    @Override
    public String op() {
      return "report";
    }

    @Override
    public void writeFields(JsonWriter out) {}
  }

  /// Stops everything in reverse order; the daemon then ends.
  record Shutdown() implements Request {
    @Override
    public String op() {
      return "shutdown";
    }

    @Override
    public void writeFields(JsonWriter out) {}
  }
}
