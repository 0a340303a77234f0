package bespoke.daemon;

import bespoke.api.Change;
import bespoke.api.ErrorKind;
import bespoke.control.Configuration;
import bespoke.model.Actor;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyType;
import bespoke.repository.Edit;
import bespoke.repository.EditReport;
import bespoke.repository.Repository;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Changes that persons make to properties: however many a request holds, they are one durable
/// write.
final class PropertyEdits {
  private final Repository repository;
  private final RepositoryConfiguration.Told told;
  private final EngineLoop.Clock clock;
  private final ConfigurationGate gate;

  PropertyEdits(
      Repository repository,
      RepositoryConfiguration.Told told,
      EngineLoop.Clock clock,
      ConfigurationGate gate) {
    this.gate = gate;
    this.repository = repository;
    this.told = told;
    this.clock = clock;
  }

  private Origin by(Actor actor) {
    return DurableLedger.administrator(actor, clock.epochMillis());
  }

  /// Makes edits, all or none.
  EditReport make(List<Edit> edits, Actor actor) throws Configuration.RefusedException {
    EditReport report;
    try (ConfigurationGate.Pass _ = gate.enter()) {
      report = RepositoryAccess.of(() -> repository.edit(edits, true, by(actor)));
    }
    if (report.problem().isPresent()) {
      throw new Configuration.RefusedException(ErrorKind.STATE, report.problem().get());
    }
    return report;
  }

  /// Makes what entities are wanted to be, in order, up to the first that is refused.
  Configuration.Edited edit(List<Configuration.EntityEdit> wanted, boolean commit, Actor actor)
      throws Configuration.RefusedException {
    try (ConfigurationGate.Pass _ = commit ? gate.enter() : ConfigurationGate.LOOKING) {
      return run(wanted, commit, actor);
    }
  }

  private Configuration.Edited run(
      List<Configuration.EntityEdit> wanted, boolean commit, Actor actor)
      throws Configuration.RefusedException {
    List<Edit> edits = new ArrayList<>();
    List<Integer> ends = new ArrayList<>(wanted.size());
    Optional<String> problem = translate(wanted, edits, ends);
    EditReport report =
        RepositoryAccess.of(() ->
            commit
                ? repository.edit(edits, true, by(actor))
                : repository.rehearse(edits, by(actor)));
    if (report.problem().isPresent()) {
      // those before the refused one can be made: they were a moment ago
      int good = before(report.refusedAt(), ends);
      int last = good == 0 ? 0 : ends.get(good - 1);
      problem = report.problem();
      ends.subList(good, ends.size()).clear();
      if (commit && last > 0) {
        make(edits.subList(0, last), actor);
      }
    }
    if (commit) {
      tellEnabled(wanted.subList(0, ends.size()), actor);
    }
    return new Configuration.Edited(ends.size(), problem);
  }

  /// Reads the edits up to the first that cannot be understood.
  ///
  /// @param ends gets how many edits there are up to the end of each that is wanted
  private static Optional<String> translate(
      List<Configuration.EntityEdit> wanted, List<Edit> edits, List<Integer> ends) {
    for (Configuration.EntityEdit one : wanted) {
      int begin = edits.size();
      try {
        for (Change change : one.changes()) {
          edits.add(edit(one.entity(), change));
        }
        ends.add(edits.size());
      } catch (Configuration.RefusedException e) {
        edits.subList(begin, edits.size()).clear();
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static int before(int position, List<Integer> ends) {
    int good = 0;
    while (good < ends.size() && ends.get(good) <= position) {
      good++;
    }
    return good;
  }

  /// `general/enabled` acts at once.
  private void tellEnabled(List<Configuration.EntityEdit> made, Actor actor)
      throws Configuration.RefusedException {
    Set<InstanceFmri> instances = new LinkedHashSet<>();
    for (Configuration.EntityEdit one : made) {
      if (one.entity() instanceof InstanceFmri instance
          && one.changes().stream().anyMatch(PropertyEdits::isEnabled)) {
        instances.add(instance);
      }
    }
    for (InstanceFmri instance : instances) {
      Optional<Boolean> enabled =
          RepositoryAccess.of(() -> repository.enabled(instance)).permanent();
      if (enabled.isPresent()) {
        told.enabled(instance, enabled.get(), actor);
      }
    }
  }

  private static boolean isEnabled(Change change) {
    return change.group().equals("general") && change.property().equals("enabled");
  }

  private static Edit edit(Fmri entity, Change change) throws Configuration.RefusedException {
    String group = change.group();
    String property = change.property();
    return switch (change.kind()) {
      case "addpg" -> new Edit.AddGroup(entity, group, change.type());
      case "delpg" -> new Edit.DeleteGroup(entity, group);
      case "setprop" ->
          new Edit.SetProperty(entity, group, property, type(change.type()), change.values());
      case "delprop" ->
          property.isEmpty()
              ? new Edit.DeleteGroup(entity, group)
              : new Edit.DeleteProperty(entity, group, property);
      case "addpropvalue" ->
          new Edit.AddValue(entity, group, property, type(change.type()), value(change));
      case "delpropvalue" -> new Edit.DeleteValues(entity, group, property, value(change));
      default ->
          throw new Configuration.RefusedException(
              ErrorKind.BAD_REQUEST, "unknown change \"" + change.kind() + "\"");
    };
  }

  private static String value(Change change) throws Configuration.RefusedException {
    if (change.values().size() != 1) {
      throw new Configuration.RefusedException(
          ErrorKind.BAD_REQUEST, change.kind() + " needs one value");
    }
    return change.values().getFirst();
  }

  private static Optional<PropertyType> type(String word) throws Configuration.RefusedException {
    if (word.isEmpty()) {
      return Optional.empty();
    }
    PropertyType type = PropertyType.named(word);
    if (type == null) {
      throw new Configuration.RefusedException(
          ErrorKind.BAD_REQUEST, "Unknown type \"" + word + "\".");
    }
    return Optional.of(type);
  }
}
