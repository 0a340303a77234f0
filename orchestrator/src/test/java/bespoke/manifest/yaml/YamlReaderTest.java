package bespoke.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.ManifestReading;
import bespoke.manifest.Problem;
import bespoke.model.FileFmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Method;
import bespoke.model.MethodContext.Limit;
import bespoke.model.MethodKind;
import bespoke.model.Probe;
import bespoke.model.Property;
import bespoke.model.PropertyType;
import bespoke.model.Readiness;
import bespoke.model.RestartOn;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.ServiceFmri;
import bespoke.model.StartdOptions;
import bespoke.model.Template;
import bespoke.model.definition.Definitions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class YamlReaderTest {

  @Test
  void aCompleteServiceIsReadWhole() throws IOException {
    ServiceDescription service = onlyService(resource("complete.yaml"));
    assertThat(service.fmri()).isEqualTo(new ServiceFmri("site/web"));
    assertThat(service.instances()).extracting("name").containsExactly("blue", "green");
    assertThat(service.instances().getFirst().enabled()).contains(true);
    assertThat(service.dependents()).hasSize(1);
    assertThat(service.dependents().getFirst().target())
        .isEqualTo(new ServiceFmri("milestone/multi-user"));
    assertThat(service.dependents().getFirst().dependency().entities())
        .containsExactly(service.fmri());
  }

  @Test
  void aCompleteServicesDefinitionHasEverythingThatWasWritten() throws IOException {
    InstanceDefinition web = definition(onlyService(resource("complete.yaml")), "blue");
    assertThat(web.problems()).isEmpty();
    assertThat(web.restarter()).contains(InstanceFmri.parse("site/supervisord"));
    assertThat(web.dependencies())
        .extracting("name")
        .containsExactly("requires", "database", "config-file");
    assertThat(web.dependencies().get(1).restartOn()).isEqualTo(RestartOn.ERROR);
    assertThat(web.dependencies().get(2).entities()).containsExactly(new FileFmri("/etc/web.conf"));
    Method start = web.method(MethodKind.START).orElseThrow();
    assertThat(start.exec()).contains("/usr/bin/web --port %{config/port}");
    assertThat(start.timeout()).contains(Duration.ofSeconds(60));
    assertThat(start.context().user()).contains("web");
    assertThat(start.context().environment()).containsExactly("LANG=C.UTF-8");
    assertThat(start.context().umask()).contains("022");
    assertThat(start.context().limits())
        .containsEntry("nofile", new Limit(65536, 65536))
        .containsEntry("core", new Limit(0, 0));
    assertThat(start.context().capabilities()).contains(List.of("net_bind_service"));
    assertThat(start.context().noNewPrivileges()).isTrue();
    assertThat(start.context().nice()).hasValue(5);
    assertThat(start.context().oomScoreAdjust()).hasValue(100);
    assertThat(web.method(MethodKind.REFRESH).orElseThrow().killSignal()).isEqualTo("HUP");
    assertThat(web.monitor().orElseThrow().kind()).isEqualTo(Probe.Kind.HTTP);
    assertThat(web.readiness().kind()).isEqualTo(Readiness.Kind.SD_NOTIFY);
    assertThat(web.startd().duration()).isEqualTo(StartdOptions.Style.CHILD);
    assertThat(web.startd().ignoreCore()).isTrue();
    assertThat(web.resources().values()).containsEntry("memory.max", "536870912");
    assertThat(web.template().documentation())
        .containsExactly(
            new Template.Manpage("web", "8", Optional.empty()),
            new Template.Link("https://example.org/web", "https://example.org/web"));
  }

  @Test
  void anInstanceOverridesSinglePropertiesOfItsService() throws IOException {
    ServiceDescription service = onlyService(resource("complete.yaml"));
    InstanceDescription blue = service.instances().getFirst();
    Property port =
        service.groups().overriddenBy(blue.groups()).property("config", "port").orElseThrow();
    assertThat(port.values()).containsExactly("8081");
    assertThat(port.type()).isEqualTo(PropertyType.INTEGER);
  }

  @Test
  void aServiceWithoutInstancesHasADefaultOneThatIsOff() {
    ServiceDescription service = onlyService("service: site/a\n");
    assertThat(service.instances()).extracting("name").containsExactly("default");
    assertThat(service.instances().getFirst().enabled()).contains(false);
  }

  @Test
  void severalDocumentsAreSeveralServices() {
    ManifestReading reading = read("service: a\n---\nservice: b\n---\n# nothing\n");
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.services()).hasSize(2);
  }

  @Test
  void theTypesOfPropertiesFollowFromTheirValues() {
    ServiceDescription service =
        onlyService(
            """
            service: a
            property_groups:
              config:
                port: 8080
                name: "8080"
                fast: true
                ports: [1, 2]
                mixed: [1, b]
                none: []
                wait: {type: time, value: 2.5}
                to: {type: fmri, values: ["svc:/a:b"]}
                properties: {type: {value: x}}
            """);
    assertThat(service.groups().group("config").orElseThrow().properties().values())
        .extracting(Property::name, Property::type, Property::values)
        .contains(
            org.assertj.core.groups.Tuple.tuple("port", PropertyType.INTEGER, List.of("8080")),
            org.assertj.core.groups.Tuple.tuple("name", PropertyType.ASTRING, List.of("8080")),
            org.assertj.core.groups.Tuple.tuple("fast", PropertyType.BOOLEAN, List.of("true")),
            org.assertj.core.groups.Tuple.tuple("ports", PropertyType.INTEGER, List.of("1", "2")),
            org.assertj.core.groups.Tuple.tuple("mixed", PropertyType.ASTRING, List.of("1", "b")),
            org.assertj.core.groups.Tuple.tuple("none", PropertyType.ASTRING, List.of()),
            org.assertj.core.groups.Tuple.tuple("wait", PropertyType.TIME, List.of("2.5")),
            org.assertj.core.groups.Tuple.tuple("to", PropertyType.FMRI, List.of("svc:/a:b")),
            org.assertj.core.groups.Tuple.tuple("type", PropertyType.ASTRING, List.of("x")));
  }

  @Test
  void aServiceOfAFileWithAProblemElsewhereIsStillGiven() {
    ManifestReading reading = read("service: a\n---\nservice: b\nenabeld: true\n");
    assertThat(reading.services()).extracting("fmri").containsExactly(new ServiceFmri("a"));
    assertThat(reading.isClean()).isFalse();
  }

  @Test
  void anEmptyDependencyOfAnInstanceMasksTheServices() {
    ServiceDescription service =
        onlyService(
            """
            service: a
            dependencies: {cache: {grouping: require_all, services: [c]}}
            instances: {x: {dependencies: {cache: {}}}, y: {}}
            """);
    assertThat(definition(service, "x").dependencies()).isEmpty();
    assertThat(definition(service, "y").dependencies()).hasSize(1);
  }

  @Test
  void anInstanceThatChangesOnlyATimeoutKeepsTheServicesCommand() {
    ServiceDescription service =
        onlyService(
            """
            service: a
            methods: {start: {exec: /x, timeout_seconds: 60}, monitor: {tcp: "h:1"}}
            instances:
              x: {methods: {start: {timeout_seconds: 1.5}, monitor: {http: "http://h/"}}}
            """);
    InstanceDefinition x = definition(service, "x");
    assertThat(x.method(MethodKind.START).orElseThrow().exec()).contains("/x");
    assertThat(x.method(MethodKind.START).orElseThrow().timeout())
        .contains(Duration.ofMillis(1500));
    assertThat(x.monitor().orElseThrow().target()).isEqualTo("http://h/");
  }

  @Test
  void anInstanceWhoseCompositionIsWrongIsRefused() {
    assertThat(read("service: a\ninstances: {x: {dependencies: {c: {services: [b]}}}}").problems())
        .extracting(Problem::toString)
        .containsExactly(
            "f.yaml:2:13: cannot use svc:/a:x; The dependency \"c\" has no valid grouping.");
  }

  @Test
  void everyProblemOfAFileIsReportedAtOnceWithItsPlaceAndWhatToDo() throws IOException {
    List<Problem> problems = read(resource("broken.yaml")).problems();
    assertThat(String.join("\n", problems.stream().map(Problem::toString).toList()) + "\n")
        .isEqualTo(resource("broken.expected"));
  }

  static ManifestReading read(String text) {
    return YamlReader.read("f.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static ServiceDescription onlyService(String text) {
    ManifestReading reading = read(text);
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.services()).hasSize(1);
    return reading.services().getFirst();
  }

  private static InstanceDefinition definition(ServiceDescription service, String name) {
    InstanceDescription instance =
        service.instances().stream().filter(i -> i.name().equals(name)).findFirst().orElseThrow();
    return new Definitions()
        .read(
            service.fmri().instance(name),
            service.groups().overriddenBy(instance.groups()),
            instance.origin());
  }

  static String resource(String name) throws IOException {
    try (InputStream in = YamlReaderTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
