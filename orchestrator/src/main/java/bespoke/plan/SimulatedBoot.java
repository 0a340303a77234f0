package bespoke.plan;

import bespoke.engine.Engine;
import bespoke.engine.Event;
import bespoke.model.EnabledSetting;
import bespoke.model.FileFmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The next boot, as a new engine would do it in the simulated world.
public final class SimulatedBoot {
  private SimulatedBoot() {}

  /// Every transition of a boot to milestone `all` in which each start succeeds. What is only
  /// enabled or disabled until the next boot is as it will be then.
  ///
  /// @param statuses the instances
  /// @param beganEpochMillis the wall clock when it begins
  /// @param exists which files there will be
  public static List<Transition> transitions(
      List<InstanceStatus> statuses,
      long beganEpochMillis,
      Durations durations,
      Predicate<FileFmri> exists) {
    Map<InstanceFmri, InstanceStatus> known = new HashMap<>();
    List<Event.InstanceImport> imports = new ArrayList<>();
    for (InstanceStatus status : statuses) {
      known.put(status.fmri(), status);
      imports.add(atBoot(status.definition(), status.enabled()));
    }
    Prediction prediction = new Prediction(durations, fmri -> Optional.ofNullable(known.get(fmri)));
    Simulation simulation =
        new Simulation(new Engine(), beganEpochMillis, 0, prediction::of, exists);
    simulation.happen(new Event.DefinitionsImported(imports, List.of()), Optional.empty());
    Plan.settle(simulation);
    return simulation.transitions();
  }

  private static Event.InstanceImport atBoot(
      InstanceDefinition definition, EnabledSetting enabled) {
    return new Event.InstanceImport(
        definition,
        new EnabledSetting(enabled.permanent(), Optional.empty(), enabled.comment()),
        Optional.empty());
  }
}
