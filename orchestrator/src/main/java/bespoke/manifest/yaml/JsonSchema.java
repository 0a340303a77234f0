package bespoke.manifest.yaml;

import bespoke.manifest.yaml.Shape.Bounded;
import bespoke.manifest.yaml.Shape.Choice;
import bespoke.manifest.yaml.Shape.Either;
import bespoke.manifest.yaml.Shape.Field;
import bespoke.manifest.yaml.Shape.Fields;
import bespoke.manifest.yaml.Shape.Flag;
import bespoke.manifest.yaml.Shape.Group;
import bespoke.manifest.yaml.Shape.Items;
import bespoke.manifest.yaml.Shape.Named;
import bespoke.manifest.yaml.Shape.Rule;
import bespoke.manifest.yaml.Shape.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The JSON Schema of the format (draft 2020-12), made from the same shapes that the reader checks.
///
/// `services.d/schema.json` is its checked-in copy; editors complete and check manifests with it.
/// It accepts everything that the reader accepts, and refuses what shapes and patterns can tell.
public final class JsonSchema {

  /// Formats whose values may look like numbers.
  private static final Set<Format> NUMERIC =
      Set.of(
          Format.TEXT,
          Format.LINE,
          Format.ACCOUNT,
          Format.GROUPS,
          Format.UMASK,
          Format.LIMIT,
          Format.SIZE,
          Format.WEIGHT);

  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private JsonSchema() {}

  /// The schema of one document, as indented JSON text.
  public static String text() {
    return text(
        "bespoke service description",
        "One YAML document of a manifest: one service.",
        ServiceShapes.SERVICE);
  }

  /// The schema of a scenario; `services.d/scenario.schema.json` is its checked-in copy.
  public static String scenarios() {
    return text(
        "bespoke scenario",
        "One YAML document: what happens to a set of services, and what must be seen then.",
        ScenarioShapes.SCENARIO);
  }

  private static String text(String title, String description, Shape shape) {
    JsonSchema schema = new JsonSchema();
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", title);
    root.put("description", description);
    root.putAll(schema.of(shape));
    root.put("$defs", schema.definitions);
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(root)
        + "\n";
  }

  private Map<String, Object> of(Shape shape) {
    return switch (shape) {
      case Flag _ -> Map.of("type", "boolean");
      case Choice choice -> Map.of("enum", choice.words());
      case Bounded bounded -> bounded(bounded);
      case Text text -> text(text.format());
      case Items items -> items(items);
      case Named named -> named(named);
      case Fields fields -> reference(fields.name(), () -> fields(fields));
      case Either either -> Map.of("anyOf", either.shapes().stream().map(this::of).toList());
      case Group _ -> reference("property_group", this::group);
    };
  }

  /// Defines a schema once and refers to it by name.
  private Map<String, Object> reference(String name, Supplier<Map<String, Object>> content) {
    if (!definitions.containsKey(name)) {
      definitions.put(name, Map.of());
      definitions.put(name, content.get());
    }
    return Map.of("$ref", "#/$defs/" + name);
  }

  private static Map<String, Object> bounded(Bounded bounded) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", bounded.fractions() ? "number" : "integer");
    schema.put("minimum", number(bounded.min()));
    schema.put("maximum", number(bounded.max()));
    return schema;
  }

  private static Object number(double value) {
    return value == Math.rint(value) ? (Object) (long) value : (Object) value;
  }

  private static Map<String, Object> text(Format format) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put(
        "type", NUMERIC.contains(format) ? List.of("string", "number", "boolean") : "string");
    String pattern = format.pattern();
    if (pattern != null) {
      schema.put("pattern", pattern);
    }
    schema.put("maxLength", Format.LENGTH_MAX);
    return schema;
  }

  private Map<String, Object> items(Items items) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", of(items.item()));
    if (items.countMin() > 0) {
      schema.put("minItems", items.countMin());
    }
    return schema;
  }

  private Map<String, Object> named(Named named) {
    Map<String, Object> names = new LinkedHashMap<>(of(named.keys()));
    names.remove("type");
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("propertyNames", names);
    schema.put("additionalProperties", of(named.value()));
    return schema;
  }

  private Map<String, Object> fields(Fields fields) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Field field : fields.fields().values()) {
      Map<String, Object> property = new LinkedHashMap<>();
      property.put("description", field.doc());
      property.putAll(of(field.shape()));
      properties.put(field.key(), property);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    List<String> required =
        fields.fields().values().stream().filter(Field::isRequired).map(Field::key).toList();
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (!fields.rules().isEmpty()) {
      schema.put("allOf", fields.rules().stream().map(JsonSchema::rule).toList());
    }
    return schema;
  }

  private static Map<String, Object> rule(Rule rule) {
    return switch (rule) {
      case Rule.ExactlyOne one ->
          Map.of("oneOf", one.keys().stream().map(JsonSchema::has).toList());
      case Rule.AtMostOne one -> Map.of("not", Map.of("anyOf", pairs(one.keys())));
      case Rule.Needs needs ->
          Map.of(
              "dependentSchemas",
              Map.of(
                  needs.key(),
                  Map.of("anyOf", needs.others().stream().map(JsonSchema::has).toList())));
    };
  }

  private static Map<String, Object> has(String key) {
    return Map.of("required", List.of(key));
  }

  private static List<Map<String, Object>> pairs(List<String> keys) {
    List<Map<String, Object>> pairs = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      for (int j = i + 1; j < keys.size(); j++) {
        pairs.add(Map.of("required", List.of(keys.get(i), keys.get(j))));
      }
    }
    return pairs;
  }

  private Map<String, Object> group() {
    Map<String, Object> scalar = Map.of("type", List.of("string", "number", "boolean"));
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("items", scalar);
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("type", Map.of("enum", GroupCheck.TYPES));
    parts.put("value", scalar);
    parts.put("values", list);
    Map<String, Object> typed = new LinkedHashMap<>();
    typed.put("type", "object");
    typed.put("properties", parts);
    typed.put("additionalProperties", false);
    typed.put("oneOf", List.of(has("value"), has("values")));
    definitions.put("property", Map.of("anyOf", List.of(scalar, list, typed)));
    Map<String, Object> property = Map.of("$ref", "#/$defs/property");
    Map<String, Object> names = new LinkedHashMap<>(text(Format.PROPERTY));
    names.remove("type");
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("type", "object");
    more.put("propertyNames", names);
    more.put("additionalProperties", property);
    Map<String, Object> known = new LinkedHashMap<>();
    known.put("type", Map.of("anyOf", List.of(text(Format.GROUP_TYPE), property)));
    known.put("properties", Map.of("anyOf", List.of(more, property)));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", known);
    schema.put("propertyNames", names);
    schema.put("additionalProperties", property);
    return schema;
  }
}
