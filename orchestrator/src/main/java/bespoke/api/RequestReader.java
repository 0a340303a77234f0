package bespoke.api;

import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Reads requests; only the daemon does.
public final class RequestReader {

  private RequestReader() {}

  /// Reads one line.
  ///
  /// @throws RefusedRequest if it is none that is understood here; its outcome is the answer
  public static Request read(byte[] line) throws RefusedRequest {
    try {
      JsonObject fields = JsonObject.parse(line);
      if (fields.number("version") != Wire.VERSION) {
        throw new RefusedRequest(
            ErrorKind.VERSION,
            "this daemon speaks version "
                + Wire.VERSION
                + " of the protocol, not "
                + fields.number("version")
                + "; use the commands that came with it");
      }
      return read(fields);
    } catch (JsonException e) {
      throw new RefusedRequest(ErrorKind.BAD_REQUEST, "not a request: " + e.getMessage());
    }
  }

  static Request read(JsonObject fields) throws RefusedRequest, JsonException {
    String op = fields.text("op");
    @Nullable Request found =
        switch (op) {
          case "ping" -> new Request.Ping();
          case "report" -> new Request.Report();
          case "shutdown" -> new Request.Shutdown();
          default -> InstanceRequest.read(fields);
        };
    found = found != null ? found : ConfigurationRequest.read(fields);
    found = found != null ? found : EditingRequest.read(fields);
    found = found != null ? found : ComparisonRequest.read(fields);
    found = found != null ? found : GraphRequest.read(fields);
    found = found != null ? found : ChangeRequest.read(fields);
    found = found != null ? found : TransactionRequest.read(fields);
    if (found == null) {
      throw new RefusedRequest(
          ErrorKind.NOT_AVAILABLE, "this daemon does not know the operation \"" + op + "\"");
    }
    return found;
  }
}
