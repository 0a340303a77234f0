package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// One block of `svcs -x`.
///
/// @param fmri the instance
/// @param commonName one line, or empty
/// @param state now
/// @param sinceEpochMillis of the last change of state, in milliseconds since 1970 UTC
/// @param reasons why it does not run; none when it does
/// @param message a sentence about the last failure that says more than the reason, or empty
/// @param documents manual pages, then links
/// @param logs paths
/// @param impact how many other instances do not run because of this one
/// @param impacted their FMRIs, when [InstanceRequest.Explain] was verbose
public record Explanation(
    String fmri,
    String commonName,
    String state,
    long sinceEpochMillis,
    List<ReasonRecord> reasons,
    String message,
    List<DocumentRecord> documents,
    List<String> logs,
    int impact,
    List<String> impacted)
    implements Reply {

  public Explanation {
    reasons = List.copyOf(reasons);
    documents = List.copyOf(documents);
    logs = List.copyOf(logs);
    impacted = List.copyOf(impacted);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static Explanation from(JsonObject object) {
    return new Explanation(
        object.text("fmri"),
        object.text("name"),
        object.text("state"),
        object.number("since"),
        ReasonRecord.list(object.objects("reasons")),
        object.text("message"),
        DocumentRecord.list(object.objects("documents")),
        object.texts("logs"),
        object.smallNumber("impact"),
        object.texts("impacted"));
  }

  @Override
  public String kind() {
    return "explanation";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("name", commonName);
    out.field("state", state);
    out.field("since", sinceEpochMillis);
    out.objects("reasons", reasons);
    out.field("message", message);
    out.objects("documents", documents);
    out.texts("logs", logs);
    out.field("impact", impact);
    out.texts("impacted", impacted);
  }

  /// Whether it is `online` or `degraded`.
  public boolean isRunning() {
    return state.equals("online") || state.equals("degraded");
  }
}
