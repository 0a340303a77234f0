package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// Something that happened in a process contract.
///
/// @param event its number, rising, unique in the life of a daemon
/// @param atEpochMillis when it was noticed
/// @param contract the contract's number
/// @param fmri the instance that holds it; empty if that is not known any more
/// @param type `fork`, `exit`, `signal`, `core` or `empty`
/// @param critical whether the daemon acts on it
/// @param pid the process; 0 for `empty`
/// @param status what it exited with, or the signal that ended it; 0 where there is none
public record ContractEventRecord(
    long event,
    long atEpochMillis,
    long contract,
    String fmri,
    String type,
    boolean critical,
    long pid,
    int status)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ContractEventRecord from(JsonObject object) {
    return new ContractEventRecord(
        object.number("event"),
        object.number("at"),
        object.number("contract"),
        object.text("fmri"),
        object.text("type"),
        object.flag("critical"),
        object.number("pid"),
        object.smallNumber("status"));
  }

  @Override
  public String kind() {
    return "contract-event";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("event", event);
    out.field("at", atEpochMillis);
    out.field("contract", contract);
    out.field("fmri", fmri);
    out.field("type", type);
    out.field("critical", critical);
    out.field("pid", pid);
    out.field("status", status);
  }
}
