package bespoke.daemon;

import bespoke.api.ErrorKind;
import bespoke.control.Configuration;
import bespoke.control.States;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What a change of configuration would mean outside of the repository: the events are collected
/// and the engine learns nothing.
final class RehearsedSide implements RepositoryConfiguration.Told {
  private final States now;
  private final Function<InstanceFmri, String> logFiles;
  private final ManifestImport manifests;
  private final Consumer<Event> events;

  RehearsedSide(
      States now,
      Function<InstanceFmri, String> logFiles,
      ManifestImport manifests,
      Consumer<Event> events) {
    this.now = now;
    this.logFiles = logFiles;
    this.manifests = manifests;
    this.events = events;
  }

  @Override
  public void imported(
      List<Event.InstanceImport> imports, List<InstanceFmri> removed, Actor actor) {
    events.accept(new Event.DefinitionsImported(imports, removed));
  }

  @Override
  public void enabled(InstanceFmri instance, boolean enabled, Actor actor) {
    events.accept(new Event.EnableRequested(instance, enabled, false, ""));
  }

  @Override
  public Optional<InstanceStatus> status(InstanceFmri instance) {
    return now.status(instance);
  }

  @Override
  public String logFile(InstanceFmri instance) {
    return logFiles.apply(instance);
  }

  @Override
  public Configuration.Report reread(boolean commit, Actor actor)
      throws Configuration.RefusedException {
    try {
      ServiceImport.Result result = manifests.importChanges(commit);
      if (!result.imports().isEmpty()) {
        imported(result.imports(), List.of(), actor);
      }
      return result.report();
    } catch (RepositoryException e) {
      throw new Configuration.RefusedException(ErrorKind.INTERNAL, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public RepositoryConfiguration.Told rehearsed(
      States then, Repository copy, ServiceImport imports, Consumer<Event> collected) {
    return new RehearsedSide(then, logFiles, manifests.on(copy, imports), collected);
  }
}
