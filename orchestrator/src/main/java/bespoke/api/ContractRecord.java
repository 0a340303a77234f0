package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// One process contract.
///
/// @param id its number
/// @param fmri the instance that holds it
/// @param state `owned`, `inherited`, `orphan` or `dead`
/// @param holder pid of the holder, or 0
/// @param backend `cgroup` or `tracking`
/// @param processes its members by ascending pid
public record ContractRecord(
    long id, String fmri, String state, long holder, String backend, List<ProcessRecord> processes)
    implements Reply {

  public ContractRecord {
    processes = List.copyOf(processes);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ContractRecord from(JsonObject object) {
    return new ContractRecord(
        object.number("id"),
        object.text("fmri"),
        object.text("state"),
        object.number("holder"),
        object.text("backend"),
        ProcessRecord.list(object.objects("processes")));
  }

  @Override
  public String kind() {
    return "contract";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("id", id);
    out.field("fmri", fmri);
    out.field("state", state);
    out.field("holder", holder);
    out.field("backend", backend);
    out.objects("processes", processes);
  }
}
