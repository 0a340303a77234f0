package bespoke.daemon;

import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.engine.House;
import bespoke.journal.Entry;
import bespoke.model.Transition;
import bespoke.plan.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BootSearchTest {
  private final List<Entry> journal = new ArrayList<>();

  @Test
  void theLastBootAtWhichSomethingStartedIsFound() {
    boot(Duration.ofSeconds(1));
    boot(Duration.ofSeconds(2));
    begin(); // a daemon that only adopts
    BootSearch search = new BootSearch();
    journal.forEach(search::test);
    assertThat(search.found().orElseThrow().starts().get(fmri("A")))
        .isNotNull()
        .extracting(start -> start.duration())
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void anEmptyJournalRemembersNoBoot() {
    assertThat(new BootSearch().found()).isEmpty();
  }

  private void boot(Duration start) {
    House house = new House();
    List<Envelope> envelopes = new ArrayList<>();
    house.simulation().witness(envelopes::add);
    house
        .behaves("A", Behaviour.INSTANT.starting(start))
        .enabled(service("A"))
        .load()
        .settle()
        .restart("A")
        .settle();
    for (Envelope envelope : envelopes) {
      List<Transition> transitions =
          house.simulation().transitions().stream()
              .filter(it -> it.cause() == envelope.id())
              .toList();
      journal.add(new Entry(envelope, transitions));
    }
  }

  private void begin() {
    Event event = new Event.DefinitionsImported(List.of(), List.of());
    journal.add(new Entry(new Envelope(99, 5, 5, 0, Optional.empty(), event), List.of()));
  }
}
