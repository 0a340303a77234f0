package bespoke.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.AuxiliaryState;
import bespoke.model.FileFmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Method;
import bespoke.model.MethodContext;
import bespoke.model.MethodContext.Limit;
import bespoke.model.MethodKind;
import bespoke.model.Origin;
import bespoke.model.Probe;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.Readiness;
import bespoke.model.RestartOn;
import bespoke.model.ServiceFmri;
import bespoke.model.StartdOptions;
import bespoke.model.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefinitionsTest {

  private static final InstanceFmri WEB = InstanceFmri.parse("site/web");

  @Test
  void anInstanceWithoutGroupsHasOnlyTheImplicitStopMethod() {
    InstanceDefinition definition = read();
    assertThat(definition.methods()).containsOnlyKeys(MethodKind.STOP);
    Method stop = definition.method(MethodKind.STOP).orElseThrow();
    assertThat(stop.form()).isEqualTo(Method.Form.KILL);
    assertThat(stop.timeout()).contains(Duration.ofSeconds(60));
    assertThat(definition.startd()).isEqualTo(StartdOptions.DEFAULT);
    assertThat(definition.readiness()).isEqualTo(Readiness.METHOD);
    assertThat(definition.invalid()).isEmpty();
  }

  @Test
  void aTransientServiceHasNoImplicitStopMethod() {
    assertThat(read(group("startd", "framework", "duration=transient")).methods()).isEmpty();
  }

  @Test
  void aStopMethodWithoutExecKillsWithItsOwnTimeout() {
    Method stop =
        read(group("stop", "method", "timeout_seconds=5", "on_timeout=kill"))
            .method(MethodKind.STOP)
            .orElseThrow();
    assertThat(stop.exec()).contains(":kill");
    assertThat(stop.timeout()).contains(Duration.ofSeconds(5));
    assertThat(stop.onTimeout()).isEqualTo(Method.OnTimeout.KILL);
  }

  @Test
  void anAbsentRestartOnMeansNone() {
    InstanceDefinition definition =
        read(dependency("db", "grouping=require_all", "entities=svc:/site/db"));
    assertThat(definition.dependencies()).hasSize(1);
    assertThat(definition.dependencies().getFirst().restartOn()).isEqualTo(RestartOn.NONE);
    assertThat(definition.dependencies().getFirst().grouping()).isEqualTo(Grouping.REQUIRE_ALL);
    assertThat(definition.dependencies().getFirst().entities())
        .containsExactly(new ServiceFmri("site/db"));
  }

  @Test
  void aPathDependencyNamesFiles() {
    InstanceDefinition definition =
        read(dependency("conf", "grouping=require_all", "type=path", "entities=file:/etc/x.conf"));
    assertThat(definition.dependencies().getFirst().entities())
        .containsExactly(new FileFmri("/etc/x.conf"));
  }

  @Test
  void anEmptyDependencyGroupMasksAndIsSkipped() {
    assertThat(read(dependency("db")).dependencies()).isEmpty();
    assertThat(read(dependency("db")).invalid()).isEmpty();
  }

  @Test
  void everyFaultyDependencyIsNamed() {
    InstanceDefinition definition =
        read(
            dependency("a", "grouping=require_most", "entities=svc:/x"),
            dependency("b", "grouping=require_all", "restart_on=always", "entities=svc:/x"),
            dependency("c", "grouping=require_all"),
            dependency("d", "grouping=require_all", "entities=file:/x"),
            dependency("e", "grouping=require_all", "type=path", "entities=svc:/x"),
            dependency("f", "grouping=require_all", "entities=svc:/9"),
            dependency("g", "grouping=require_all", "entities=svc:/x"));
    assertThat(definition.invalid()).contains(AuxiliaryState.INVALID_DEPENDENCY);
    assertThat(definition.problems()).hasSize(6);
    assertThat(definition.dependencies()).extracting("name").containsExactly("g");
  }

  @Test
  void aRestarterThatIsNoInstanceIsInvalid() {
    assertThat(read(group("general", "framework", "restarter=svc:/site/supervisord")).invalid())
        .contains(AuxiliaryState.INVALID_RESTARTER);
    assertThat(
            read(group("general", "framework", "restarter=svc:/site/supervisord:default"))
                .restarter())
        .contains(InstanceFmri.parse("site/supervisord"));
  }

  @Test
  void theMasterRestarterIsNoDelegatedOne() {
    assertThat(
            read(group("general", "framework", "restarter=svc:/system/svc/restarter:default"))
                .restarter())
        .isEmpty();
  }

  @Test
  void aMethodsContextFallsBackToTheServicesPropertyByProperty() {
    InstanceDefinition definition =
        read(
            group("method_context", "framework", "user=web", "environment=A=1", "nice=5"),
            group("start", "method", "exec=/x", "environment=B=2", "timeout_seconds=0"),
            group("refresh", "method", "exec=:kill -HUP"));
    MethodContext start = definition.method(MethodKind.START).orElseThrow().context();
    assertThat(start.user()).contains("web");
    assertThat(start.environment()).containsExactly("B=2");
    assertThat(start.nice()).hasValue(5);
    assertThat(definition.method(MethodKind.START).orElseThrow().timeout()).isEmpty();
    assertThat(definition.method(MethodKind.REFRESH).orElseThrow().context().environment())
        .containsExactly("A=1");
  }

  @Test
  void withoutAnyContextNoneIsGiven() {
    MethodContext context =
        read(group("start", "method", "exec=/x")).method(MethodKind.START).orElseThrow().context();
    assertThat(context.given()).isFalse();
  }

  @Test
  void limitsAreReadWithUnitsAndHardBounds() {
    MethodContext context =
        read(group("start", "method", "exec=/x", "limits=nofile=1024:4096", "umask=027"))
            .method(MethodKind.START)
            .orElseThrow()
            .context();
    assertThat(context.limits()).containsEntry("nofile", new Limit(1024, 4096));
    assertThat(context.umask()).contains("027");
    assertThat(Values.limit("512K:unlimited")).contains(new Limit(524288, Limit.UNLIMITED));
    assertThat(Values.limit("2:1")).isEmpty();
  }

  @Test
  void aContextThatCannotBeAppliedIsAMethodFailure() {
    InstanceDefinition definition =
        read(
            group("method_context", "framework", "nice=99", "umask=9", "limits=files=3"),
            group("start", "method", "exec=/x"));
    assertThat(definition.invalid()).contains(AuxiliaryState.METHOD_FAILED);
    assertThat(definition.problems()).hasSize(3);
  }

  @Test
  void resourcesAreTranslatedForTheKernel() {
    assertThat(
            read(group("resources", "framework", "memory_max=512M", "cpu_max=150%", "pids_max=max"))
                .resources()
                .values())
        .containsEntry("memory.max", "536870912")
        .containsEntry("cpu.max", "150000 100000")
        .containsEntry("pids.max", "max");
  }

  @Test
  void aMonitorHasDefaults() {
    Probe probe =
        read(group("monitor", "method", "probe=http", "target=http://127.0.0.1/"))
            .monitor()
            .orElseThrow();
    assertThat(probe.kind()).isEqualTo(Probe.Kind.HTTP);
    assertThat(probe.failures()).isEqualTo(3);
    assertThat(probe.onFailure()).isEqualTo(Probe.OnFailure.DEGRADE);
  }

  @Test
  void readinessComesFromANotificationADescriptorOrAProbe() {
    assertThat(read(group("readiness", "framework", "notify=sd_notify")).readiness().kind())
        .isEqualTo(Readiness.Kind.SD_NOTIFY);
    assertThat(read(group("readiness", "framework", "notify=fd:3")).readiness().descriptor())
        .isEqualTo(3);
    Readiness tcp =
        read(group(
                "readiness", "framework", "notify=tcp", "target=localhost:1", "timeout_seconds=9"))
            .readiness();
    assertThat(tcp.probe().orElseThrow().target()).isEqualTo("localhost:1");
    assertThat(tcp.timeout()).contains(Duration.ofSeconds(9));
  }

  @Test
  void startdFallsBackToDefaultsAsInSmf() {
    StartdOptions options =
        read(group(
                "startd",
                "framework",
                "duration=wait",
                "ignore_error=core,signal",
                "critical_failure_count=many",
                "retry_delay=0.5"))
            .startd();
    assertThat(options.duration()).isEqualTo(StartdOptions.Style.CONTRACT);
    assertThat(options.ignoreCore()).isTrue();
    assertThat(options.ignoreSignal()).isTrue();
    assertThat(options.criticalFailureCount()).isEqualTo(10);
    assertThat(options.retryDelay()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void templatesGiveManualPagesBeforeDocuments() {
    Template template =
        read(
                group("tm_common_name", "template", "C=storefront"),
                group("tm_doc_0", "template", "name=site", "uri=https://example.org"),
                group("tm_man_web8", "template", "title=web", "section=8", "manpath=:default"))
            .template();
    assertThat(template.commonName()).contains("storefront");
    assertThat(template.documentation())
        .containsExactly(
            new Template.Manpage("web", "8", Optional.empty()),
            new Template.Link("site", "https://example.org"));
  }

  @Test
  void equalPartsOfDifferentDefinitionsAreTheSameObjects() {
    Definitions definitions = new Definitions();
    PropertyGroup context = group("method_context", "framework", "user=web");
    PropertyGroup start = group("start", "method", "exec=/x");
    PropertyGroups groups = PropertyGroups.of(List.of(context, start));
    InstanceDefinition one = definitions.read(WEB, groups, Origin.UNKNOWN);
    InstanceDefinition two =
        definitions.read(InstanceFmri.parse("site/other"), groups, Origin.UNKNOWN);
    assertThat(one.method(MethodKind.START).orElseThrow().context())
        .isSameAs(two.method(MethodKind.START).orElseThrow().context());
  }

  private static InstanceDefinition read(PropertyGroup... groups) {
    return new Definitions().read(WEB, PropertyGroups.of(List.of(groups)), Origin.UNKNOWN);
  }

  private static PropertyGroup dependency(String name, String... properties) {
    return group(name, PropertyGroup.DEPENDENCY, properties);
  }

  private static PropertyGroup group(String name, String type, String... properties) {
    List<Property> list = new ArrayList<>();
    for (String property : properties) {
      int equals = property.indexOf('=');
      list.add(
          Property.of(
              property.substring(0, equals),
              PropertyType.ASTRING,
              property.substring(equals + 1),
              Origin.UNKNOWN));
    }
    return PropertyGroup.of(name, type, list, Origin.UNKNOWN);
  }
}
