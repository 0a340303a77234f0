package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemasTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path root;

  @Test
  void everySchemaIsJson() {
    Map<String, String> schemas = Schemas.all();
    assertThat(schemas).containsKeys("svcs", "svcs-x", "svcprop", "svcgraph-export", "ctwatch");
    schemas.values().forEach(schema -> assertThat(JSON.readTree(schema).isObject()).isTrue());
  }

  @Test
  void whatSvcsPrintsFitsItsSchema() throws IOException {
    try (FakeDaemon daemon = new FakeDaemon(root)) {
      daemon.with(
          Samples.of("svc:/t/a:default")
              .contracts(7L)
              .depends("require_all", "none", "svc:/t/b")
              .record(),
          Samples.of("svc:/t/b:default").enabled(Samples.DISABLED).record());
      JsonNode document = JSON.readTree(new Shell(root).run("svcs -a --json").out());
      assertThat(mismatches(document, JSON.readTree(Schemas.all().get("svcs")), "")).isEmpty();
    }
  }

  /// The few words of JSON Schema that ours use: type, required, properties, items.
  private static List<String> mismatches(JsonNode value, JsonNode schema, String path) {
    List<String> mismatches = new ArrayList<>();
    String type = schema.get("type").asString();
    boolean fits =
        switch (type) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isString();
          case "boolean" -> value.isBoolean();
          default -> value.isIntegralNumber();
        };
    if (!fits) {
      mismatches.add(path + " is no " + type);
    } else if (type.equals("object")) {
      for (JsonNode required : schema.get("required")) {
        if (!value.has(required.asString())) {
          mismatches.add(path + " lacks " + required);
        }
      }
      for (Map.Entry<String, JsonNode> property : schema.get("properties").properties()) {
        if (value.has(property.getKey())) {
          mismatches.addAll(
              mismatches(
                  value.get(property.getKey()),
                  property.getValue(),
                  path + "/" + property.getKey()));
        }
      }
    } else if (type.equals("array")) {
      value.forEach(item -> mismatches.addAll(mismatches(item, schema.get("items"), path + "[]")));
    }
    return mismatches;
  }
}
