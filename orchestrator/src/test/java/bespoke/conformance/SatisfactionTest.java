package bespoke.conformance;

import static bespoke.engine.House.dependency;
import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static bespoke.model.Grouping.EXCLUDE_ALL;
import static bespoke.model.Grouping.OPTIONAL_ALL;
import static bespoke.model.Grouping.REQUIRE_ALL;
import static bespoke.model.Grouping.REQUIRE_ANY;
import static bespoke.model.InstanceState.DISABLED;
import static bespoke.model.InstanceState.MAINTENANCE;
import static bespoke.model.InstanceState.OFFLINE;
import static bespoke.model.InstanceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Event;
import bespoke.engine.House;
import bespoke.graph.analysis.Cycles;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.RestartOn;
import bespoke.model.ServiceFmri;
import bespoke.model.definition.Definitions;
import bespoke.plan.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// D12 to D27: satisfaction, cycles, files, definitions that change.
final class SatisfactionTest {
  private static final ServiceFmri B = new ServiceFmri("t/B");

  @Test
  void d12OneRunningInstanceOfAServiceIsEnough() {
    House house =
        new House()
            .disabled(service("B:x"))
            .enabled(service("B:y"))
            .enabled(needing("A", REQUIRE_ALL, B))
            .load()
            .settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void d13AnOptionalServiceIsWaitedForWhileAnyInstanceMayStillComeUp() {
    House house =
        new House()
            .behaves("B:y", Behaviour.INSTANT.starting(Duration.ofSeconds(30)))
            .disabled(service("B:x"))
            .enabled(service("B:y"))
            .enabled(needing("A", OPTIONAL_ALL, B))
            .load()
            .pass(Duration.ofSeconds(1));
    assertThat(house.state("A")).isEqualTo(OFFLINE);
    house.settle();
    assertThat(house.story()).containsSubsequence("B:y online", "A online");
  }

  @Test
  void d14RequireAnyIsSatisfiedByTheFirstThatComesUp() {
    House house =
        new House()
            .disabled(service("B"))
            .disabled(service("C"))
            .enabled(needing("A", REQUIRE_ANY, fmri("B"), fmri("C")))
            .load()
            .settle();
    assertThat(house.state("A")).isEqualTo(OFFLINE);
    house.enable("C").settle();
    assertThat(house.story()).containsSubsequence("C online", "A online");
  }

  @ParameterizedTest
  @EnumSource
  void d15AGroupWithoutMembersIsSatisfied(Grouping grouping) {
    House house = new House().enabled(needing("A", grouping)).load().settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void d16AnEmptyGroupOfTheInstanceMasksTheServices() {
    PropertyGroup inherited =
        group("need", Map.of("grouping", "require_all", "entities", "svc:/t/none"));
    PropertyGroup mask = group("need", Map.of());
    PropertyGroups composed = groups(inherited).overriddenBy(groups(mask));
    House house = new House().enabled(read("A", composed)).load().settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void d17AnInvalidDependencyLeadsToMaintenanceButNoRestartOnMeansNone() {
    InstanceDefinition invalid =
        read(
            "A", groups(group("need", Map.of("grouping", "require_some", "entities", "svc:/t/B"))));
    House house = new House().enabled(invalid).load().settle();
    assertThat(house.state("A")).isEqualTo(MAINTENANCE);
    assertThat(house.auxiliary("A")).isEqualTo("invalid_dependency");
    assertThat(Explained.reasons(house, "A")).containsExactly("Has invalid dependency.");
    InstanceDefinition lenient =
        read(
            "C", groups(group("need", Map.of("grouping", "optional_all", "entities", "svc:/t/B"))));
    house.enabled(lenient).load().settle();
    assertThat(house.state("C")).isEqualTo(ONLINE);
  }

  /// Other than SMF: all members go to maintenance, not the one loaded last; imports that close a
  /// cycle are refused before.
  @Test
  void d18AllMembersOfACycleAreInMaintenanceAndTheCycleIsNamed() {
    InstanceDefinition a = needing("A", REQUIRE_ALL, fmri("B"));
    InstanceDefinition b = needing("B", REQUIRE_ALL, fmri("A"));
    House house = new House().enabled(a).enabled(b).load().settle();
    assertThat(house.state("A")).isEqualTo(MAINTENANCE);
    assertThat(house.state("B")).isEqualTo(MAINTENANCE);
    assertThat(Explained.reasons(house, "A")).containsExactly("Completes a dependency cycle.");
    assertThat(Cycles.of(InstanceGraph.of(List.of(a, b))).getFirst().instances())
        .containsExactly(fmri("A"), fmri("B"));
  }

  @Test
  void d19AnInstanceThatDependsOnItselfIsACycle() {
    House house = new House().enabled(needing("A", REQUIRE_ALL, fmri("A"))).load().settle();
    assertThat(house.auxiliary("A")).isEqualTo("dependency_cycle");
  }

  @Test
  void d20OfTwoThatExcludeEachOtherTheFirstWins() {
    House house =
        new House()
            .enabled(needing("A", EXCLUDE_ALL, fmri("B")))
            .enabled(needing("B", EXCLUDE_ALL, fmri("A")))
            .load()
            .settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
    assertThat(house.state("B")).isEqualTo(OFFLINE);
    assertThat(Explained.reasons(house, "B"))
        .containsExactly("Service svc:/t/A:default is running.");
  }

  @Test
  void d21AMendedCycleComesUpAfterRefreshAndClear() {
    House house =
        new House()
            .enabled(needing("A", REQUIRE_ALL, fmri("B")))
            .enabled(needing("B", REQUIRE_ALL, fmri("A")))
            .load()
            .settle()
            .redefine(service("B"))
            .clear("B")
            .clear("A")
            .settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
    assertThat(house.state("B")).isEqualTo(ONLINE);
  }

  @Test
  void d22ANewUnmetDependencyMattersOnlyAtTheNextStart() {
    House house = new House().disabled(service("X")).enabled(service("A")).load().settle();
    house.redefine(needing("A", REQUIRE_ALL, fmri("X"))).settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
    house.restart("A").settle();
    assertThat(house.state("A")).isEqualTo(OFFLINE);
  }

  /// Other than SMF: no refresh is needed.
  @Test
  void d23AFileThatAppearsStartsWhoWaitsForIt() {
    House house = new House().enabled(needing("A", REQUIRE_ALL, new FileFmri("/etc/a")));
    house.load().settle();
    assertThat(house.state("A")).isEqualTo(OFFLINE);
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Dependency file://localhost/etc/a is absent.");
    house.file("/etc/a", true).settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void d24AFileThatGoesAwayStopsNobody() {
    House house = new House().file("/etc/a", true);
    house.enabled(needing("A", REQUIRE_ALL, new FileFmri("/etc/a"))).load().settle();
    house.file("/etc/a", false).settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void d25AnOptionalDependencyThatBecomesHopelessBlocksNoLonger() {
    House house =
        new House()
            .behaves("C", Behaviour.INSTANT.starting(Duration.ofSeconds(30)))
            .enabled(service("C"))
            .enabled(needing("B", REQUIRE_ALL, fmri("C")))
            .enabled(needing("A", OPTIONAL_ALL, fmri("B")))
            .load()
            .pass(Duration.ofSeconds(1));
    assertThat(house.state("A")).isEqualTo(OFFLINE);
    house.mark("C", MAINTENANCE).settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void d26DeletingWhatIsRequiredStopsWhoFollowsAndLeavesItWaiting() {
    Dependency group = dependency("d", REQUIRE_ALL, RestartOn.RESTART, fmri("B"));
    House house = new House().enabled(service("B")).enabled(service("A", group)).load().settle();
    house.happen(new Event.DefinitionsImported(List.of(), List.of(fmri("B")))).settle();
    assertThat(house.state("A")).isEqualTo(OFFLINE);
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Dependency svc:/t/B:default is absent.");
  }

  @Test
  void d26DeletingWhatIsRequiredLeavesWhoDoesNotFollowRunning() {
    House house =
        new House()
            .enabled(service("B"))
            .enabled(needing("A", REQUIRE_ALL, fmri("B")))
            .load()
            .settle();
    house.happen(new Event.DefinitionsImported(List.of(), List.of(fmri("B")))).settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void whatIsDisabledStaysDisabledWhenItsDependencyComesUp() {
    House house =
        new House()
            .disabled(service("B"))
            .disabled(needing("A", REQUIRE_ALL, fmri("B")))
            .load()
            .settle()
            .enable("B")
            .settle();
    assertThat(house.state("A")).isEqualTo(DISABLED);
  }

  private static InstanceDefinition needing(String name, Grouping grouping, Entity... targets) {
    return service(name, dependency("d", grouping, RestartOn.NONE, targets));
  }

  private static InstanceDefinition read(String name, PropertyGroups composed) {
    return new Definitions().read(fmri(name), composed, Origin.UNKNOWN);
  }

  private static PropertyGroups groups(PropertyGroup... groups) {
    return PropertyGroups.of(List.of(groups));
  }

  private static PropertyGroup group(String name, Map<String, String> values) {
    Stream<Property> properties =
        values.entrySet().stream()
            .map(it ->
                Property.of(it.getKey(), PropertyType.ASTRING, it.getValue(), Origin.UNKNOWN));
    return PropertyGroup.of(name, PropertyGroup.DEPENDENCY, properties.toList(), Origin.UNKNOWN);
  }
}
