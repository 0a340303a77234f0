package bespoke.conformance;

import static bespoke.engine.House.dependency;
import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import bespoke.engine.House;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceState;
import bespoke.model.RestartOn;
import bespoke.plan.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// D1 to D11: whether A, enabled, starts for each state of its target B and each grouping.
final class SatisfactionTableTest {
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Behaviour SLOW = Behaviour.INSTANT.starting(Duration.ofSeconds(30));

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource
  void whetherItStartsIsAsInTheTable(
      String row, Grouping grouping, boolean starts, Entity target, Consumer<House> setUp) {
    House house = new House();
    setUp.accept(house);
    house.enabled(service("A", dependency("d", grouping, RestartOn.NONE, target))).load();
    house.pass(MOMENT);
    assertThat(house.state("A")).isEqualTo(starts ? InstanceState.ONLINE : InstanceState.OFFLINE);
  }

  static Stream<Arguments> whetherItStartsIsAsInTheTable() {
    List<Arguments> cases = new ArrayList<>();
    row(cases, "D1 absent", "no no yes yes", house -> {});
    row(cases, "D2 disabled", "no no yes yes", house -> house.disabled(service("B")).load());
    row(cases, "D3 online", "yes yes yes no", SatisfactionTableTest::online);
    row(
        cases,
        "D4 degraded",
        "yes yes yes no",
        house -> online(house).mark("B", InstanceState.DEGRADED).pass(MOMENT));
    row(
        cases,
        "D5 maintenance",
        "no no yes yes",
        house -> online(house).mark("B", InstanceState.MAINTENANCE).pass(MOMENT));
    row(
        cases,
        "D6 offline, waiting for a disabled one",
        "no no yes no",
        house -> house.disabled(service("C")).enabled(needing("B", "C")).load());
    row(
        cases,
        "D7 offline, start method running",
        "no no no no",
        house -> house.behaves("B", SLOW).enabled(service("B")).load());
    row(
        cases,
        "D8 offline, waiting for one that starts",
        "no no no no",
        house -> house.behaves("C", SLOW).enabled(service("C")).enabled(needing("B", "C")).load());
    row(
        cases,
        "D9 uninitialized, its restarter is down",
        "no no no no",
        house -> house.disabled(service("R")).enabled(delegated("B", "R")).load());
    row(
        cases,
        "D10 online, stop method running",
        "no no no no",
        house ->
            online(house.behaves("B", Behaviour.INSTANT.stopping(Duration.ofSeconds(30))))
                .disable("B"));
    FileFmri file = new FileFmri("/etc/b");
    row(cases, "D11 file present", "yes yes yes no", house -> house.file("/etc/b", true), file);
    row(cases, "D11 file absent", "no no yes yes", house -> {}, file);
    return cases.stream();
  }

  private static void row(
      List<Arguments> cases, String row, String expected, Consumer<House> setUp) {
    row(cases, row, expected, setUp, fmri("B"));
  }

  /// @param expected yes or no for require_all, require_any, optional_all and exclude_all
  private static void row(
      List<Arguments> cases, String row, String expected, Consumer<House> setUp, Entity target) {
    List<String> columns = List.of(expected.split(" "));
    for (int i = 0; i < columns.size(); i++) {
      boolean starts = columns.get(i).equals("yes");
      cases.add(arguments(row, Grouping.values()[i], starts, target, setUp));
    }
  }

  private static House online(House house) {
    return house.enabled(service("B")).load().pass(MOMENT);
  }

  private static InstanceDefinition needing(String name, String target) {
    return service(name, dependency("d", Grouping.REQUIRE_ALL, RestartOn.NONE, fmri(target)));
  }

  private static InstanceDefinition delegated(String name, String restarter) {
    InstanceDefinition it = service(name);
    return new InstanceDefinition(
        it.fmri(),
        Optional.of(fmri(restarter)),
        it.dependencies(),
        it.methods(),
        it.startd(),
        it.readiness(),
        it.monitor(),
        it.resources(),
        it.template(),
        it.invalid(),
        it.problems(),
        it.origin());
  }
}
