package bespoke.conformance;

import static bespoke.engine.House.dependency;
import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import bespoke.engine.Event;
import bespoke.engine.House;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceState;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.RestartOn;
import bespoke.plan.Behaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// P1 to P7: what A, online, does for each event of its dependency B and each restart_on.
final class PropagationTableTest {

  /// What A does.
  enum Answer {
    STAYS,
    RESTARTS,
    OFFLINE
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource
  void whatItDoesIsAsInTheTable(
      String row, RestartOn restartOn, Answer expected, Consumer<House> happening) {
    House house = new House();
    InstanceDefinition b = House.with(service("B"), MethodKind.REFRESH, "/refresh", 60);
    house
        .enabled(House.with(b, MethodKind.STOP, "/stop", 60))
        .enabled(service("A", dependency("d", Grouping.REQUIRE_ALL, restartOn, fmri("B"))))
        .load()
        .settle();
    int before = house.story().size();
    happening.accept(house);
    house.settle();
    List<String> story =
        house.storySince(before).stream().filter(it -> it.startsWith("A ")).toList();
    switch (expected) {
      case STAYS -> assertThat(story).isEmpty();
      case RESTARTS -> assertThat(story).containsExactly("A offline", "A online");
      case OFFLINE -> assertThat(story).containsExactly("A offline");
    }
  }

  static Stream<Arguments> whatItDoesIsAsInTheTable() {
    List<Arguments> cases = new ArrayList<>();
    Behaviour stuck = Behaviour.INSTANT.methodsEnding(new MethodOutcome.Exited(95));
    row(cases, "P1 killed", "stays restarts restarts restarts", house -> house.kill("B"));
    row(cases, "P2 restart", "stays stays restarts restarts", house -> house.restart("B"));
    row(cases, "P3 disable", "stays stays offline offline", house -> house.disable("B"));
    row(cases, "P4 refresh", "stays stays stays restarts", house -> house.refresh("B"));
    row(
        cases,
        "P5 all processes exit",
        "stays stays restarts restarts",
        house -> house.happen(new Event.ContractEmptied(fmri("B"), contract(house))));
    row(
        cases,
        "P6 stop fails",
        "stays offline offline offline",
        house -> house.behaves("B", stuck).restart("B"));
    row(
        cases,
        "P7 marked maintenance",
        "stays stays offline offline",
        house -> house.mark("B", InstanceState.MAINTENANCE));
    return cases.stream();
  }

  /// @param expected for restart_on none, error, restart and refresh
  private static void row(
      List<Arguments> cases, String row, String expected, Consumer<House> happening) {
    List<String> columns = List.of(expected.toUpperCase(Locale.ROOT).split(" "));
    for (int i = 0; i < columns.size(); i++) {
      Answer answer = Answer.valueOf(columns.get(i));
      cases.add(arguments(row, RestartOn.values()[i], answer, happening));
    }
  }

  private static long contract(House house) {
    return house
        .simulation()
        .engine()
        .status(fmri("B"))
        .orElseThrow()
        .runtime()
        .contract()
        .orElseThrow();
  }
}
