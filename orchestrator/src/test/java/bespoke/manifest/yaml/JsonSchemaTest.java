package bespoke.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.dataformat.yaml.YAMLMapper;

class JsonSchemaTest {

  private static final Path CHECKED_IN = Repository.path("services.d/schema.json");
  private static final ObjectReader YAML = new YAMLMapper().readerFor(JsonNode.class);

  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(JsonSchema.text());

  @Test
  void theCheckedInSchemaIsTheGeneratedOne() throws IOException {
    String generated = JsonSchema.text();
    if (Boolean.getBoolean("bespoke.write")) {
      Files.writeString(CHECKED_IN, generated);
    }
    assertThat(Files.readString(CHECKED_IN))
        .as("run this test with -Dbespoke.write=true to write the file anew")
        .isEqualTo(generated);
  }

  static List<Path> shippedManifests() throws IOException {
    try (Stream<Path> files = Files.walk(Repository.path("services.d"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("shippedManifests")
  void everyShippedManifestIsCleanForTheSchemaAndTheReader(Path file) throws IOException {
    assertThat(schemaErrors(Files.readString(file))).isEmpty();
    assertThat(YamlReader.read(file.toString(), Files.readAllBytes(file)).problems()).isEmpty();
  }

  @Test
  void theCompleteExampleIsCleanForTheSchema() throws IOException {
    assertThat(schemaErrors(YamlReaderTest.resource("complete.yaml"))).isEmpty();
  }

  static List<String> brokenDocuments() {
    List<String> broken = new ArrayList<>();
    for (String lines : BROKEN.split("\n")) {
      broken.add("service: a\n" + lines);
    }
    broken.add("enabled: true");
    broken.add("[service]");
    broken.add("service: site/web:blue");
    broken.add("service: 9web");
    return broken;
  }

  private static final String BROKEN =
      """
      enabeld: true
      enabled: yes
      single_instance: 1
      documentation: [{manpage: web}]
      documentation: [{uri: nothing}]
      documentation: [{manpage: a, section: 1, uri: "a:b"}]
      requires: site/db
      requires: [1]
      dependencies: {a: {restart_on: none, services: []}}
      dependencies: {a: {grouping: some, services: []}}
      dependencies: {a: {grouping: require_all}}
      dependencies: {a: {grouping: require_all, services: [], paths: []}}
      dependencies: {a: {grouping: require_all, paths: [x]}}
      dependencies: {"a b": {grouping: require_all, services: []}}
      dependents: {a: {grouping: require_all, services: []}}
      methods: {strat: {exec: x}}
      methods: {start: {exec: ":kil"}}
      methods: {start: {timeout_seconds: soon}}
      methods: {start: {timeout_seconds: -2}}
      methods: {start: {on_timeout: kill}}
      methods: {stop: {on_timeout: explode}}
      methods: {monitor: {tcp: "a:1", http: "http://x"}}
      methods: {monitor: {interval_seconds: 3}}
      methods: {monitor: {http: "ftp://x"}}
      readiness: {notify: maybe}
      readiness: {timeout_seconds: 3}
      startd: {duration: wait}
      startd: {ignore_error: [all]}
      startd: {critical_failure_count: 1.5}
      method_context: {user: "a:b"}
      method_context: {working_directory: x}
      method_context: {umask: "99"}
      method_context: {limits: {nofiles: 3}}
      method_context: {limits: {nofile: many}}
      method_context: {capabilities: [everything]}
      method_context: {nice: 20}
      method_context: {no_new_privileges: sure}
      resources: {memory_max: 1X}
      resources: {cpu_max: "150"}
      resources: {memory: 3}
      property_groups: {config: [1]}
      property_groups: {config: {a: {b: c}}}
      property_groups: {config: {a: {type: integr, value: 1}}}
      property_groups: {config: {a: {value: 1, values: [1]}}}
      property_groups: {config: {a: }}
      property_groups: {config: {a: [[1]]}}
      instances: {a: {service: b}}
      instances: {a: {enabled: 1}}
      instances: [a]
      """;

  @ParameterizedTest
  @MethodSource("brokenDocuments")
  void whatTheSchemaRefusesTheReaderRefusesAndTheOtherWayRound(String text) throws IOException {
    assertThat(YamlReader.read("f", text.getBytes(StandardCharsets.UTF_8)).problems()).isNotEmpty();
    assertThat(schemaErrors(text)).isNotEmpty();
  }

  private List<String> schemaErrors(String text) throws IOException {
    List<String> errors = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = YAML.readValues(text)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (!document.isNull()) {
          schema.validate(document).forEach(error -> errors.add(error.toString()));
        }
      }
    }
    return errors;
  }
}
