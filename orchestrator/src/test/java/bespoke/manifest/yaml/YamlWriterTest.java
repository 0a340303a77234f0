package bespoke.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.ManifestReading;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.ServiceDescription.InstanceDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class YamlWriterTest {

  private static final long SEED = Long.getLong("bespoke.seed", 20261124L);

  @Test
  void whatIsWrittenReadsAsTheSameDescription() {
    for (int i = 0; i < 3000; i++) {
      long seed = SEED + i;
      ServiceDescription before = new RandomDescriptions(seed).next();
      String text = YamlWriter.write(before);
      ManifestReading reading = YamlReaderTest.read(text);
      assertThat(reading.problems()).as("seed %s:%n%s", seed, text).isEmpty();
      assertThat(content(reading.services().getFirst()))
          .as("seed %s:%n%s", seed, text)
          .isEqualTo(content(before));
    }
  }

  static List<Path> shippedManifests() throws IOException {
    return JsonSchemaTest.shippedManifests();
  }

  @ParameterizedTest
  @MethodSource("shippedManifests")
  void everyShippedManifestSurvivesExportAndImport(Path file) throws IOException {
    List<ServiceDescription> services = YamlReader.read("f", Files.readAllBytes(file)).services();
    String text = YamlWriter.write(services);
    ManifestReading again = YamlReader.read("f", text.getBytes(StandardCharsets.UTF_8));
    assertThat(again.problems()).as(text).isEmpty();
    assertThat(again.services().stream().map(YamlWriterTest::content).toList())
        .isEqualTo(services.stream().map(YamlWriterTest::content).toList());
  }

  @Test
  void theCompleteExampleIsWrittenAsAPersonWouldWriteIt() throws IOException {
    ServiceDescription service =
        YamlReaderTest.read(YamlReaderTest.resource("complete.yaml")).services().getFirst();
    assertThat(YamlWriter.write(service)).isEqualTo(YamlReaderTest.resource("complete.exported"));
  }

  @Test
  void privilegesOfSolarisStandForTheCapabilitiesThatTheyMean() {
    String text =
        """
        service: a
        methods:
          start:
            exec: /bin/true
            timeout_seconds: 60
            method_context: {user: web, privileges: "basic,net_privaddr"}
        """;
    ServiceDescription service = YamlReaderTest.read(text).services().getFirst();
    assertThat(service.groups().property("start", "capabilities").orElseThrow().values())
        .containsExactly("net_bind_service");
    assertThat(YamlWriter.write(service)).contains("user: web").doesNotContain("capabilities");
    assertThat(YamlReaderTest.read(YamlWriter.write(service)).problems()).isEmpty();
  }

  @Test
  void aProfileAlwaysSaysWhetherAnInstanceIsEnabled() {
    List<ServiceDescription> services =
        YamlReaderTest.read("service: a\n---\nservice: b\nenabled: true\n").services();
    String profile = YamlWriter.writeProfile(services);
    assertThat(profile).isEqualTo("service: a\nenabled: false\n---\nservice: b\nenabled: true\n");
  }

  @Test
  void aProfileThatSaysNothingAboutEnabledLeavesItAsItIs() {
    byte[] bytes =
        "service: a\ninstances: {x: {}, y: {enabled: false}}".getBytes(StandardCharsets.UTF_8);
    ServiceDescription service = YamlReader.readProfile("f", bytes).services().getFirst();
    assertThat(service.instances().getFirst().enabled()).isEmpty();
    assertThat(service.instances().getLast().enabled()).contains(false);
  }

  /// Everything but origins.
  private static String content(ServiceDescription service) {
    StringBuilder text = new StringBuilder(service.fmri().toString());
    text.append(groups(service.groups())).append(dependents(service.dependents()));
    for (InstanceDescription instance : service.instances()) {
      text.append("\ninstance ").append(instance.name()).append(instance.enabled());
      text.append(groups(instance.groups())).append(dependents(instance.dependents()));
    }
    return text.toString();
  }

  private static String groups(PropertyGroups groups) {
    Map<String, String> lines = new TreeMap<>();
    for (PropertyGroup group : groups.byName().values()) {
      lines.put(group.name(), group.type());
      for (Property property : group.properties().values()) {
        lines.put(group.name() + "/" + property.name(), property.type() + " " + property.values());
      }
    }
    return "\n" + lines;
  }

  private static String dependents(List<Dependent> dependents) {
    StringBuilder text = new StringBuilder();
    for (Dependent dependent : dependents) {
      text.append("\n")
          .append(dependent.target())
          .append(dependent.dependency().name())
          .append(dependent.dependency().grouping())
          .append(dependent.dependency().restartOn())
          .append(dependent.dependency().entities());
    }
    return text.toString();
  }
}
