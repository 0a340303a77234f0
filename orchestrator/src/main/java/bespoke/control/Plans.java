package bespoke.control;

import bespoke.api.PlanStepRecord;
import bespoke.engine.Event;
import bespoke.model.Transition;
import bespoke.plan.Durations;
import bespoke.plan.Plan;
import java.io.IOException;
import java.util.List;

/// What `--plan` answers: the engine itself, asked in the simulated world.
final class Plans {
  private final Machine machine;

  Plans(Machine machine) {
    this.machine = machine;
  }

  void answer(List<Event> asked, Answer answer) throws IOException {
    if (asked.isEmpty()) {
      return;
    }
    for (Plan.Step step :
        Plan.of(machine.present(), asked, Durations.GUESSED, machine::exists).steps()) {
      Transition transition = step.transition();
      String because = transition.because().map(fmri -> " (" + fmri + ")").orElse("");
      answer.add(
          new PlanStepRecord(
              step.wave(),
              transition.instance().toString(),
              transition.from().toString(),
              transition.to().toString(),
              transition.auxiliary().text() + because));
    }
  }
}
