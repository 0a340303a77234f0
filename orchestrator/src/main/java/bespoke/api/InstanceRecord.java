package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// One instance as `svcs` lists it.
///
/// @param fmri `svc:/site/web:default`, or `lrc:/…` for a legacy script
/// @param state one of SMF's words
/// @param next the state it is moving to, or empty
/// @param sinceEpochMillis of the last change of state, in milliseconds since 1970 UTC; 0 if
///   unknown
/// @param enabled whether it should run
/// @param contracts ids, the primary one first
/// @param commonName one line, or empty
/// @param detail empty unless [InstanceRequest.ListInstances] asked for it
public record InstanceRecord(
    String fmri,
    String state,
    String next,
    long sinceEpochMillis,
    EnabledRecord enabled,
    List<Long> contracts,
    String commonName,
    InstanceDetail detail)
    implements Reply {

  public InstanceRecord {
    contracts = List.copyOf(contracts);
  }

  /// The same without what a plain listing does not show.
  public InstanceRecord brief() {
    return new InstanceRecord(
        fmri,
        state,
        next,
        sinceEpochMillis,
        EnabledRecord.NEVER,
        List.of(),
        "",
        InstanceDetail.NONE);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static InstanceRecord from(JsonObject object) {
    return new InstanceRecord(
        object.text("fmri"),
        object.text("state"),
        object.text("next"),
        object.number("since"),
        object.has("enabled") ? EnabledRecord.from(object.object("enabled")) : EnabledRecord.NEVER,
        object.numbers("contracts"),
        object.text("name"),
        object.has("detail") ? InstanceDetail.from(object.object("detail")) : InstanceDetail.NONE);
  }

  @Override
  public String kind() {
    return "instance";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("state", state);
    out.field("next", next);
    out.field("since", sinceEpochMillis);
    out.field("enabled", enabled, EnabledRecord.NEVER);
    out.numbers("contracts", contracts);
    out.field("name", commonName);
    out.field("detail", detail, InstanceDetail.NONE);
  }
}
