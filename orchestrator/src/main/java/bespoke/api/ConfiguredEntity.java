package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// The property groups of a service or an instance, in a view.
///
/// @param fmri the entity
/// @param groups in the order of the repository
public record ConfiguredEntity(String fmri, List<PropertyGroupRecord> groups) implements Reply {

  public ConfiguredEntity {
    groups = List.copyOf(groups);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ConfiguredEntity from(JsonObject object) {
    return new ConfiguredEntity(
        object.text("fmri"), PropertyGroupRecord.list(object.objects("groups")));
  }

  @Override
  public String kind() {
    return "entity";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.objects("groups", groups);
  }
}
