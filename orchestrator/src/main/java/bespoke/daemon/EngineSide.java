package bespoke.daemon;

import bespoke.api.ErrorKind;
import bespoke.control.Configuration;
import bespoke.control.Machine;
import bespoke.control.States;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a change of configuration means outside of the repository: the engine learns of it, and the
/// names change.
final class EngineSide implements RepositoryConfiguration.Told {
  private final LiveMachine machine;
  private final KnownDefinitions definitions;
  private final ManifestImport manifests;

  EngineSide(LiveMachine machine, KnownDefinitions definitions, ManifestImport manifests) {
    this.machine = machine;
    this.definitions = definitions;
    this.manifests = manifests;
  }

  @Override
  public void imported(List<Event.InstanceImport> imports, List<InstanceFmri> removed, Actor actor)
      throws Configuration.RefusedException {
    tell(new Event.DefinitionsImported(imports, removed), Optional.of(actor));
  }

  private void tell(Event event, Optional<Actor> actor) throws Configuration.RefusedException {
    try {
      machine.tell(event, actor);
    } catch (Machine.BusyException e) {
      throw new Configuration.RefusedException(
          ErrorKind.LIMIT,
          "it is stored, but the engine did not take it: "
              + e.getMessage()
              + "; refresh the instances");
    } finally {
      namesChanged();
    }
  }

  /// Makes the names anew.
  void namesChanged() {
    machine.names(Names.of(definitions.all().stream().map(InstanceDefinition::fmri).toList()));
  }

  @Override
  public void enabled(InstanceFmri instance, boolean enabled, Actor actor)
      throws Configuration.RefusedException {
    tell(new Event.EnableRequested(instance, enabled, false, ""), Optional.of(actor));
  }

  @Override
  public Optional<InstanceStatus> status(InstanceFmri instance) {
    return machine.status(instance);
  }

  @Override
  public String logFile(InstanceFmri instance) {
    return machine.logFile(instance);
  }

  @Override
  public Configuration.Report reread(boolean commit, Actor actor)
      throws Configuration.RefusedException {
    return reread(commit, Optional.of(actor));
  }

  @Override
  public RepositoryConfiguration.Told rehearsed(
      States now, Repository copy, ServiceImport imports, Consumer<Event> events) {
    return new RehearsedSide(now, this::logFile, manifests.on(copy, imports), events);
  }

  /// Looks at the manifest directories again.
  ///
  /// @param actor empty when a signal asked for it
  Configuration.Report reread(boolean commit, Optional<Actor> actor)
      throws Configuration.RefusedException {
    try {
      ServiceImport.Result result = manifests.importChanges(commit);
      if (!result.imports().isEmpty()) {
        tell(new Event.DefinitionsImported(result.imports(), List.of()), actor);
      }
      return result.report();
    } catch (RepositoryException e) {
      throw new Configuration.RefusedException(ErrorKind.INTERNAL, String.valueOf(e.getMessage()));
    }
  }
}
