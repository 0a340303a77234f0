package bespoke.control;

import bespoke.api.BootChangeRecord;
import bespoke.api.GraphRequest;
import bespoke.api.Outcome;
import bespoke.api.PlanRecord;
import bespoke.model.InstanceFmri;
import bespoke.plan.Durations;
import bespoke.plan.Effect;
import bespoke.plan.Plan;
import bespoke.plan.Present;
import bespoke.plan.Supposition;
import bespoke.plan.WhatIf;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `svcgraph what-if` asks for.
final class WhatIfs {
  private final Machine machine;
  private final History history;

  WhatIfs(Machine machine, History history) {
    this.machine = machine;
    this.history = history;
  }

  void answer(GraphRequest.WhatIf request, Answer answer) throws IOException {
    List<Supposition> suppositions;
    try {
      suppositions = new Suppositions(machine).read(request.suppositions());
    } catch (Configuration.RefusedException e) {
      answer.fail(e.kind(), String.valueOf(e.getMessage()));
      return;
    }
    Durations durations = history.durations();
    WhatIf whatIf = new WhatIf(suppositions, durations, machine::exists);
    Present present = machine.present();
    Optional<WhatIf.Boot> boot = whatIf.boot(present);
    Plan plan = whatIf.now(present);
    for (Plan.Step step : plan.steps()) {
      answer.add(Planner.record(step));
    }
    Set<InstanceFmri> named = named(suppositions);
    for (Effect effect : plan.effects()) {
      answer.add(Planner.record(effect, named.contains(effect.instance())));
    }
    answer.add(
        new PlanRecord(
            "",
            plan.duration().toMillis(),
            plan.isLearned(),
            plan.isComplete(),
            false,
            "",
            false,
            ""));
    if (boot.isPresent()) {
      answer.add(
          new BootChangeRecord(boot.get().before().toMillis(), boot.get().after().toMillis()));
    }
    answer.end(Outcome.OK);
  }

  private static Set<InstanceFmri> named(List<Supposition> suppositions) {
    Set<InstanceFmri> named = new HashSet<>();
    for (Supposition supposition : suppositions) {
      switch (supposition) {
        case Supposition.Fails(var instance) -> named.add(instance);
        case Supposition.Dies(var instance) -> named.add(instance);
        case Supposition.Enabled(var instance, _) -> named.add(instance);
        case Supposition.Restarted(var instance) -> named.add(instance);
        case Supposition.FileIs _, Supposition.Takes _, Supposition.WithoutEdge _ -> {}
      }
    }
    return named;
  }
}
