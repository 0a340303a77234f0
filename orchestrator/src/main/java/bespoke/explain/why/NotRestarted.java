package bespoke.explain.why;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Why a running instance was not restarted although something it depends on was.
final class NotRestarted {
  private static final int TRANSITIONS_LOOKED_AT = 20;

  private final History history;
  private final Function<Fmri, List<InstanceFmri>> instancesOf;

  NotRestarted(History history, Function<Fmri, List<InstanceFmri>> instancesOf) {
    this.history = history;
    this.instancesOf = instancesOf;
  }

  /// A sentence for each dependency that stopped while the instance kept running.
  List<String> notes(InstanceStatus status) {
    List<String> notes = new ArrayList<>();
    for (Dependency group : status.definition().dependencies()) {
      if (group.grouping() != Grouping.EXCLUDE_ALL) {
        group.entities().forEach(entity -> addNotes(status, group, entity, notes));
      }
    }
    return notes;
  }

  private void addNotes(
      InstanceStatus status, Dependency group, Entity entity, List<String> notes) {
    switch (entity) {
      case FileFmri file -> {}
      case Fmri fmri -> {
        for (InstanceFmri target : instancesOf.apply(fmri)) {
          history.latest(target, TRANSITIONS_LOOKED_AT).stream()
              .filter(it -> it.cause() > status.cause())
              .filter(it -> it.from().isRunning() && !it.to().isRunning())
              .filter(it -> !it.severity().affects(group.restartOn()))
              .findFirst()
              .ifPresent(it -> notes.add(note(group, it)));
        }
      }
    }
  }

  private static String note(Dependency group, Transition stop) {
    return "It was not restarted when "
        + stop.instance()
        + " stopped ("
        + stop.auxiliary().text()
        + "), because its dependency \""
        + group.name()
        + "\" has restart_on "
        + group.restartOn()
        + ".";
  }
}
