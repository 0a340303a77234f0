package bespoke.journal;

import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.engine.House;
import bespoke.model.InstanceState;
import bespoke.model.Transition;
import bespoke.plan.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatesAtTest {
  private final List<Envelope> envelopes = new ArrayList<>();
  private final House house = new House();

  private void witness() {
    house.simulation().witness(envelopes::add);
  }

  private StatesAt at(long epochMillis) {
    List<Entry> entries = new ArrayList<>();
    for (Envelope envelope : envelopes) {
      List<Transition> transitions =
          house.simulation().transitions().stream()
              .filter(it -> it.cause() == envelope.id())
              .toList();
      entries.add(new Entry(envelope, transitions));
    }
    StatesAt.LastEvent last = new StatesAt.LastEvent(epochMillis);
    entries.forEach(last::test);
    StatesAt states = new StatesAt(last.id());
    entries.forEach(states::test);
    return states;
  }

  private static Map<String, InstanceState> states(StatesAt states) {
    Map<String, InstanceState> names = new TreeMap<>();
    states.known().forEach((fmri, known) -> names.put(House.name(fmri), known.state()));
    return names;
  }

  @Test
  void everyMomentOfALifeIsAsItWas() {
    witness();
    house
        .behaves("A", Behaviour.INSTANT.starting(Duration.ofSeconds(10)))
        .enabled(service("A"))
        .disabled(service("B"))
        .load()
        .settle();
    house.enabled(service("C")).load().settle();
    house.disable("A").settle();
    long begin = envelopes.getFirst().atEpochMillis();
    assertThat(at(begin - 1).reaches()).isFalse();
    assertThat(states(at(begin + 5_000)))
        .containsEntry("A", InstanceState.OFFLINE)
        .containsEntry("B", InstanceState.DISABLED)
        .doesNotContainKey("C");
    assertThat(at(begin + 5_000).known())
        .hasEntrySatisfying(
            fmri("A"), known -> assertThat(known.next()).isEqualTo(InstanceState.ONLINE));
    assertThat(states(at(Long.MAX_VALUE)))
        .containsEntry("A", InstanceState.DISABLED)
        .containsEntry("C", InstanceState.ONLINE);
    assertThat(at(begin + 5_000).isLater(fmri("C"))).isTrue();
  }

  @Test
  void whatMovedOnlyLaterIsAsThatFoundIt() {
    house.enabled(service("A")).load().settle();
    witness(); // the journal dropped what was before
    house.restart("A").settle();
    assertThat(states(at(envelopes.getFirst().atEpochMillis() - 1)))
        .containsEntry("A", InstanceState.ONLINE);
  }

  @Test
  void aClockThatWasSetBackConfusesNobody() {
    StatesAt.LastEvent last = new StatesAt.LastEvent(150);
    for (long[] one : new long[][] {{1, 100}, {2, 200}, {3, 120}, {4, 160}}) {
      last.test(
          new Entry(
              new Envelope(one[0], one[1], 0, 0, Optional.empty(), new Event.ShutdownRequested()),
              List.of()));
    }
    assertThat(last.id()).isEqualTo(3);
  }
}
