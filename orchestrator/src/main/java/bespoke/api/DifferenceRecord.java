package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// One thing in which two configurations of a service or an instance differ.
///
/// @param fmri whose it is
/// @param group the property group
/// @param property its name; empty when a group without properties came or went, or changed its
///   type
/// @param before the property as it was; none if it was not there
/// @param after the property as it is; none if it is not there
public record DifferenceRecord(
    String fmri,
    String group,
    String property,
    List<PropertyRecord> before,
    List<PropertyRecord> after)
    implements Reply {

  public DifferenceRecord {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static DifferenceRecord from(JsonObject object) {
    return new DifferenceRecord(
        object.text("fmri"),
        object.text("group"),
        object.text("property"),
        PropertyRecord.list(object.objects("before")),
        PropertyRecord.list(object.objects("after")));
  }

  @Override
  public String kind() {
    return "difference";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("group", group);
    out.field("property", property);
    out.objects("before", before);
    out.objects("after", after);
  }
}
