package bespoke.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bespoke.engine.Event;
import bespoke.engine.House;
import bespoke.model.Transition;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Random graphs are started, asked for things and left alone again; at any moment of that a plan
/// is made from a copy. Then the same is really asked for, and the plan must be what happens.
///
/// The run goes on in the world that it began in; the plan's world is made from what the engine
/// says is under way, so it is another one.
class PlanForesightTest {
  private static final int CASES = Integer.getInteger("bespoke.foresight.cases", 20_000);
  private static final long FIRST_SEED = Long.getLong("bespoke.foresight.seed", 1);

  static String text(Transition it) {
    return House.name(it.instance())
        + " "
        + it.from()
        + " -> "
        + it.to()
        + " "
        + it.next()
        + " "
        + it.auxiliary()
        + it.because().map(because -> " " + House.name(because)).orElse("");
  }

  @Test
  void aPlanMadeAtAnyMomentOfAnyRunIsWhatThenHappens() {
    int moved = 0;
    int busy = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      Scene scene = new Scene(seed);
      Event command = scene.command();
      busy += scene.isSettled() ? 0 : 1;
      List<Transition> foreseen = scene.foreseen(command);
      List<Transition> happened = scene.happened(command);
      assertThat(happened.stream().map(PlanForesightTest::text))
          .as("seed %d, %s", seed, command)
          .containsExactlyElementsOf(foreseen.stream().map(PlanForesightTest::text).toList());
      for (int i = 0; i < happened.size(); i++) {
        assertThat(foreseen.get(i).atEpochMillis())
            .as("seed %d, %s, moment of %s", seed, command, happened.get(i))
            .isCloseTo(happened.get(i).atEpochMillis(), within(1L)); // milliseconds are cut off
      }
      moved += foreseen.isEmpty() ? 0 : 1;
    }
    assertThat(moved).as("cases in which something happened").isGreaterThan(CASES / 3);
    assertThat(busy).as("cases that began in the middle of something").isGreaterThan(CASES / 6);
  }
}
