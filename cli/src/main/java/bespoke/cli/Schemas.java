package bespoke.cli;

import bespoke.api.BootChangeRecord;
import bespoke.api.BootStartRecord;
import bespoke.api.CauseRecord;
import bespoke.api.ChangeRecord;
import bespoke.api.CheckRecord;
import bespoke.api.ConfiguredEntity;
import bespoke.api.ConstructRecord;
import bespoke.api.ContractEventRecord;
import bespoke.api.ContractRecord;
import bespoke.api.CriticalStepRecord;
import bespoke.api.DescriptionRecord;
import bespoke.api.DifferenceRecord;
import bespoke.api.EdgeRecord;
import bespoke.api.Explanation;
import bespoke.api.FindingRecord;
import bespoke.api.ImpactRecord;
import bespoke.api.ImportedRecord;
import bespoke.api.InstanceRecord;
import bespoke.api.MemberRecord;
import bespoke.api.PathRecord;
import bespoke.api.PlanEffectRecord;
import bespoke.api.PlanRecord;
import bespoke.api.PlanStepRecord;
import bespoke.api.ProblemRecord;
import bespoke.api.TransitionRecord;
import bespoke.api.VertexRecord;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The JSON schemas (draft 2020-12) of what `--json` prints, made from what the records write.
///
/// Only used when the distribution is made, so reflection is no cost to any command.
final class Schemas {

  /// The document of each command: its list and the record in it.
  private static final Map<String, Map<String, Class<? extends JsonWritable>>> DOCUMENTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("svcs", Map.of("instances", InstanceRecord.class)),
              Map.entry("svcs-x", Map.of("explanations", Explanation.class)),
              Map.entry("svcs-why", Map.of("causes", CauseRecord.class)),
              Map.entry("svcs-history", Map.of("transitions", TransitionRecord.class)),
              Map.entry(
                  "svccfg-import",
                  new TreeMap<>(
                      Map.of(
                          "files", DescriptionRecord.class,
                          "constructs", ConstructRecord.class,
                          "imported", ImportedRecord.class,
                          "problems", ProblemRecord.class,
                          "steps", PlanStepRecord.class))),
              Map.entry("svccfg-diff", Map.of("differences", DifferenceRecord.class)),
              Map.entry("svccfg-listcust", Map.of("entities", ConfiguredEntity.class)),
              Map.entry("svccfg-listprop", Map.of("entities", ConfiguredEntity.class)),
              Map.entry("svcprop", Map.of("entities", ConfiguredEntity.class)),
              Map.entry("ctstat", Map.of("contracts", ContractRecord.class)),
              Map.entry(
                  "svcgraph-export",
                  new TreeMap<>(Map.of("vertices", VertexRecord.class, "edges", EdgeRecord.class))),
              Map.entry(
                  "plan",
                  new TreeMap<>(
                      Map.of(
                          "plans",
                          PlanRecord.class,
                          "effects",
                          PlanEffectRecord.class,
                          "steps",
                          PlanStepRecord.class))),
              Map.entry(
                  "svcgraph-what-if",
                  new TreeMap<>(
                      Map.of(
                          "plans",
                          PlanRecord.class,
                          "effects",
                          PlanEffectRecord.class,
                          "steps",
                          PlanStepRecord.class,
                          "boots",
                          BootChangeRecord.class))),
              Map.entry("svcgraph-impact", Map.of("impacts", ImpactRecord.class)),
              Map.entry("svcgraph-path", Map.of("paths", PathRecord.class)),
              Map.entry("svcgraph-cycles", Map.of("cycles", PathRecord.class)),
              Map.entry("svcgraph-check", Map.of("findings", FindingRecord.class)),
              Map.entry("svccfg-changes", Map.of("changes", ChangeRecord.class)),
              Map.entry(
                  "svccfg-change",
                  new TreeMap<>(
                      Map.of("changes", ChangeRecord.class, "members", MemberRecord.class))),
              Map.entry(
                  "svccfg-change-plan",
                  new TreeMap<>(
                      Map.of(
                          "changes",
                          ChangeRecord.class,
                          "members",
                          MemberRecord.class,
                          "plans",
                          PlanRecord.class,
                          "effects",
                          PlanEffectRecord.class,
                          "steps",
                          PlanStepRecord.class))),
              Map.entry("svcgraph-simulate", Map.of("checks", CheckRecord.class)),
              Map.entry("svcgraph-timeline", Map.of("starts", BootStartRecord.class)),
              Map.entry("svcgraph-critical-path", Map.of("steps", CriticalStepRecord.class))));

  private Schemas() {}

  /// The schemas by the name of their document.
  static Map<String, String> all() {
    Map<String, String> schemas = new TreeMap<>();
    DOCUMENTS.forEach((name, lists) -> schemas.put(name, schema(name, lists)));
    schemas.put("ctwatch", line("ctwatch", ContractEventRecord.class));
    return schemas;
  }

  /// Of a command that prints an object a line.
  private static String line(String name, Class<? extends JsonWritable> record) {
    JsonWriter out = JsonWriter.complete();
    object(out, record);
    String schema = out.toString();
    return "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"what "
        + name
        + " prints as JSON, an object a line\","
        + schema.substring(1)
        + "\n";
  }

  private static String schema(String name, Map<String, Class<? extends JsonWritable>> lists) {
    JsonWriter out = JsonWriter.complete().beginObject();
    out.field("$schema", "https://json-schema.org/draft/2020-12/schema");
    out.field("title", "what " + name.replace('-', ' ') + " prints as JSON");
    out.field("type", "object").texts("required", List.copyOf(lists.keySet()));
    out.name("properties").beginObject();
    lists.forEach((list, record) -> {
      out.name(list).beginObject().field("type", "array").name("items");
      object(out, record);
      out.endObject();
    });
    return out.endObject().endObject() + "\n";
  }

  /// The schema of a record: the types of its components under the names that it writes.
  private static void object(JsonWriter out, Class<?> record) {
    JsonWriter sample = JsonWriter.complete();
    sample.value((JsonWritable) Samples.of(record));
    List<String> names =
        JsonObject.parse(sample.toString().getBytes(StandardCharsets.UTF_8)).names();
    RecordComponent[] components = record.getRecordComponents();
    if (names.size() != components.length) {
      throw new IllegalStateException(record + " does not write all of its components");
    }
    out.beginObject().field("type", "object").texts("required", names);
    out.name("properties").beginObject();
    for (int i = 0; i < components.length; i++) {
      out.name(names.get(i));
      type(out, components[i].getGenericType());
    }
    out.endObject().endObject();
  }

  private static void type(JsonWriter out, Type type) {
    if (type instanceof ParameterizedType list) {
      out.beginObject().field("type", "array").name("items");
      type(out, list.getActualTypeArguments()[0]);
      out.endObject();
    } else if (type instanceof Class<?> record && record.isRecord()) {
      object(out, record);
    } else {
      out.beginObject().field("type", word(type)).endObject();
    }
  }

  private static String word(Type type) {
    if (type == String.class) {
      return "string";
    }
    return type == boolean.class ? "boolean" : "integer";
  }

  /// Records with a value in every component, so that they write every field.
  private static final class Samples {
    static Object of(Class<?> record) {
      RecordComponent[] components = record.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = value(types[i]);
      }
      try {
        return record.getDeclaredConstructor(types).newInstance(values);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Object value(Class<?> type) {
      if (type == String.class) {
        return "x";
      }
      if (type == boolean.class) {
        return true;
      }
      if (type == long.class) {
        return 1L;
      }
      if (type == int.class) {
        return 1;
      }
      return type == List.class ? List.of() : of(type);
    }
  }
}
