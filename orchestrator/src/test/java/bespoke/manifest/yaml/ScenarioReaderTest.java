package bespoke.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.Problem;
import bespoke.manifest.scenario.Action;
import bespoke.manifest.scenario.Scenario;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ScenarioReaderTest {
  private static final Path CHECKED_IN = Repository.path("services.d/scenario.schema.json");
  private static final Path EXAMPLE = Repository.path("docs/scenarios/demo.yaml");

  private static ScenarioReader.Result read(String text) {
    return ScenarioReader.read("s.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theCheckedInSchemaIsTheGeneratedOne() throws IOException {
    String generated = JsonSchema.scenarios();
    if (Boolean.getBoolean("bespoke.write")) {
      Files.writeString(CHECKED_IN, generated);
    }
    assertThat(Files.readString(CHECKED_IN))
        .as("run this test with -Dbespoke.write=true to write the file anew")
        .isEqualTo(generated);
  }

  @Test
  void theShippedExampleIsCleanForTheSchemaAndTheReader() throws IOException {
    assertThat(ScenarioReader.read("demo.yaml", Files.readAllBytes(EXAMPLE)).problems()).isEmpty();
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonSchema.scenarios());
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(Files.readString(EXAMPLE))) {
      while (documents.hasNext()) {
        assertThat(schema.validate(documents.next())).isEmpty();
      }
    }
  }

  @Test
  void aScenarioIsReadWithItsPlaces() {
    Scenario scenario =
        read("""
        scenario: x
        seed: 7
        steps:
          - fails: site/db
            for_seconds: 2.5
            expect:
              state: {site/web: online}
        """)
            .scenarios()
            .getFirst();
    assertThat(scenario.seed()).isEqualTo(7);
    assertThat(scenario.steps().getFirst().action()).isInstanceOf(Action.Fails.class);
    assertThat(scenario.steps().getFirst().forSeconds().orElseThrow()).isEqualTo(2.5);
    assertThat(scenario.steps().getFirst().expectations().getFirst().place())
        .hasToString("s.yaml:7:15");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps: [{boot: true}] | cannot do without the key \"scenario\"",
        "{scenario: x, stpes: []} | did you mean \"steps\"?",
        "{scenario: x, steps: [{fail: a}]} | did you mean \"fails\"?",
        "{scenario: x, steps: [{boot: true, fails: a}]} | cannot use both boot and fails",
        "{scenario: x, steps: [{for_seconds: 1}]} | cannot do without one of boot",
        "{scenario: x, steps: [{boot: false}]} | cannot use false as boot",
        "{scenario: x, steps: [{wait: settled, expect: {state: {a: onlin}}}]} | \"online\"?",
        "{scenario: x, runs: 0, steps: [{boot: true}]} | cannot use 0 as runs",
        "{scenario: x, steps: [{method: {service: a, method: start}}]} | one of exits, times_out",
        "{scenario: x, graph: [{no_cycle: true}]} | did you mean \"no_cycles\"?",
        "{scenario: x, steps: [{file_appears: relative}]} | cannot use \"relative\"",
        "{scenario: &a x} | anchor",
        "[] | cannot use a list"
      })
  void aMistakeHasItsPlaceAndWhatToDo(String text, String message) {
    ScenarioReader.Result result = read(text);
    assertThat(result.scenarios()).isEmpty();
    assertThat(result.problems())
        .anySatisfy(problem -> {
          assertThat(problem.toString()).contains(message);
          assertThat(problem.line()).isPositive();
        });
  }

  @Test
  void nothingAndNonsenseAreRefusedInWords() {
    assertThat(read("").problems()).extracting(Problem::message).contains("cannot find a scenario");
    assertThat(ScenarioReader.read("s", new byte[] {(byte) 0xff}).problems()).isNotEmpty();
    assertThat(ScenarioReader.read("s", new byte[ScenarioReader.BYTES_MAX + 1]).problems())
        .isNotEmpty();
  }

  @Test
  void damagedScenariosNeverThrow() throws IOException {
    byte[] good = Files.readAllBytes(EXAMPLE);
    Random random = new Random(6);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = good.clone();
      for (int n = 0; n < 1 + random.nextInt(4); n++) {
        damaged[random.nextInt(damaged.length)] = (byte) (32 + random.nextInt(95));
      }
      ScenarioReader.Result result = ScenarioReader.read("s.yaml", damaged);
      assertThat(List.of(result.scenarios().isEmpty(), result.problems().isEmpty()))
          .doesNotContainSequence(true, true);
    }
  }
}
