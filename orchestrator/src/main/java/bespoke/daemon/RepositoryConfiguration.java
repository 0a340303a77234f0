package bespoke.daemon;

import static java.util.stream.Collectors.joining;

import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.DifferenceRecord;
import bespoke.api.ErrorKind;
import bespoke.api.ImportedRecord;
import bespoke.api.ProblemRecord;
import bespoke.api.SourceText;
import bespoke.control.Configuration;
import bespoke.control.States;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.Fmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceFmri;
import bespoke.repository.Edit;
import bespoke.repository.EditReport;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import bespoke.repository.StoredInstance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The commands' view of the repository: every change is made there first, then told to the engine.
final class RepositoryConfiguration implements Configuration {
  private static final Actor RESTARTER = new Actor("restarter", -1, -1, 0, "");

  private final Repository repository;
  private final KnownDefinitions definitions;
  private final ServiceImport imports;
  private final Told told;
  private final EngineLoop.Clock clock;
  private final FileImport files;
  private final PropertyViews views;
  private final PropertyEdits edits;
  private final ConfigurationGate gate;

  /// What must happen outside of the repository.
  interface Told {
    /// Definitions changed.
    void imported(List<Event.InstanceImport> imports, List<InstanceFmri> removed, Actor actor)
        throws RefusedException;

    /// The permanent setting changed.
    void enabled(InstanceFmri instance, boolean enabled, Actor actor) throws RefusedException;

    /// How an instance is.
    Optional<InstanceStatus> status(InstanceFmri instance);

    /// Where its log is.
    String logFile(InstanceFmri instance);

    /// The daemon's own directories, looked at again.
    Report reread(boolean commit, Actor actor) throws RefusedException;

    /// The same for a rehearsal: nothing happens, and what the engine would learn is collected.
    ///
    /// @param now how the instances are
    /// @param imports of the rehearsal
    Told rehearsed(States now, Repository copy, ServiceImport imports, Consumer<Event> events);
  }

  RepositoryConfiguration(
      Repository repository,
      KnownDefinitions definitions,
      ServiceImport imports,
      Told told,
      EngineLoop.Clock clock,
      ConfigurationGate gate) {
    this.gate = gate;
    this.repository = repository;
    this.definitions = definitions;
    this.imports = imports;
    this.told = told;
    this.clock = clock;
    this.files = new FileImport(repository, imports, ManifestFormats.ALL);
    this.views = new PropertyViews(repository, told);
    this.edits = new PropertyEdits(repository, told, clock, gate);
  }

  @Override
  public boolean rehearse(States now, Consumer<Event> events, Rehearsal rehearsal)
      throws RefusedException, IOException {
    try (Repository copy = repository.rehearsal()) {
      KnownDefinitions known = definitions.on(copy);
      known.statuses(now::status);
      AtomicBoolean changed = new AtomicBoolean();
      copy.follow(() -> changed.set(true));
      ServiceImport importing = imports.on(copy, known);
      rehearsal.run(
          new RepositoryConfiguration(
              copy,
              known,
              importing,
              told.rehearsed(now, copy, importing, events),
              clock,
              new ConfigurationGate()));
      return changed.get();
    } catch (RepositoryException e) {
      throw new RefusedException(ErrorKind.INTERNAL, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Report importFiles(ConfigurationRequest.Import request, Actor actor)
      throws RefusedException {
    boolean commit = !request.validateOnly();
    try (ConfigurationGate.Pass _ = commit ? gate.enter() : ConfigurationGate.LOOKING) {
      return importOpenly(request, actor);
    }
  }

  private Report importOpenly(ConfigurationRequest.Import request, Actor actor)
      throws RefusedException {
    if (request.files().isEmpty()) {
      return told.reread(!request.validateOnly(), actor);
    }
    ServiceImport.Result result = RepositoryAccess.of(() -> files.run(request));
    tell(result, actor);
    return result.report();
  }

  private void tell(ServiceImport.Result result, Actor actor) throws RefusedException {
    if (!result.imports().isEmpty()) {
      told.imported(result.imports(), List.of(), actor);
    }
  }

  @Override
  public Optional<String> described(InstanceFmri restarter, String yaml) {
    try {
      SourceText text = new SourceText(restarter.shortName(), yaml);
      Report report =
          importOpenly( // also while a change is under way: it may have started the restarter
              new ConfigurationRequest.Import(List.of(text), "yaml", false, false, false, true),
              RESTARTER);
      return report.hasErrors()
          ? Optional.of(
              report.problems().stream().map(ProblemRecord::toString).collect(joining("\n")))
          : Optional.empty();
    } catch (RefusedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Report apply(ConfigurationRequest.Apply request, Actor actor) throws RefusedException {
    boolean commit = !request.validateOnly();
    try (ConfigurationGate.Pass _ = commit ? gate.enter() : ConfigurationGate.LOOKING) {
      ServiceImport.Result result = RepositoryAccess.of(() -> files.apply(request));
      tell(result, actor);
      return result.report();
    }
  }

  @Override
  public Report delete(Fmri entity, boolean force, Actor actor) throws RefusedException {
    List<InstanceFmri> gone =
        switch (entity) {
          case InstanceFmri instance -> List.of(instance);
          case ServiceFmri service -> repository.instances(service);
        };
    if (!force) {
      for (InstanceFmri fmri : gone) {
        refuseRunning(fmri);
      }
    }
    EditReport report = edits.make(List.of(new Edit.DeleteEntity(entity)), actor);
    gone.forEach(definitions::remove);
    told.imported(retaken(report.changed()), gone, actor);
    List<ImportedRecord> deleted = new ArrayList<>();
    report.removed().forEach(it -> deleted.add(new ImportedRecord(it.toString(), "deleted")));
    return new Report(deleted, List.of());
  }

  private void refuseRunning(InstanceFmri fmri) throws RefusedException {
    Optional<InstanceStatus> status = told.status(fmri);
    if (status.isPresent() && status.get().runtime().state().isRunning()) {
      throw new RefusedException(
          ErrorKind.STATE,
          "Instance \""
              + fmri
              + "\" is in state "
              + status.get().runtime().state()
              + ". Disable it first, or use -f to stop and delete it.");
    }
  }

  @Override
  public void add(Fmri entity, Actor actor) throws RefusedException {
    edits.make(List.of(new Edit.AddEntity(entity)), actor);
    if (entity instanceof InstanceFmri instance) {
      told.imported(retaken(Set.of(instance)), List.of(), actor);
    }
  }

  /// Takes the running snapshot of what others' removal changed, for the engine.
  private List<Event.InstanceImport> retaken(Set<Fmri> changed) throws RefusedException {
    List<InstanceFmri> instances = new ArrayList<>();
    for (Fmri fmri : changed) {
      switch (fmri) {
        case InstanceFmri instance -> instances.add(instance);
        case ServiceFmri service -> instances.addAll(repository.instances(service));
      }
    }
    List<Event.InstanceImport> retaken = new ArrayList<>();
    RepositoryAccess.of(() -> {
      repository.refresh(instances);
      for (InstanceFmri instance : instances) {
        repository.instance(instance).ifPresent(stored -> retaken.add(inForce(stored)));
      }
      return instances;
    });
    return retaken;
  }

  private Event.InstanceImport inForce(StoredInstance stored) {
    InstanceDefinition definition =
        definitions.read(stored.fmri(), stored.running(), stored.origin());
    definitions.put(definition);
    return new Event.InstanceImport(definition, stored.enabled(), Optional.empty());
  }

  @Override
  public List<String> names(Optional<Fmri> service) {
    return service.isEmpty()
        ? repository.services().stream().map(ServiceFmri::service).toList()
        : repository.instances(service.get().serviceFmri()).stream()
            .map(InstanceFmri::instance)
            .toList();
  }

  @Override
  public String export(Optional<Fmri> service, boolean allValues, String format)
      throws RefusedException {
    List<ServiceFmri> services =
        service.map(fmri -> List.of(fmri.serviceFmri())).orElseGet(repository::services);
    return RepositoryAccess.of(() -> new Exporting(repository).services(services, format));
  }

  @Override
  public String extract(String format) throws RefusedException {
    return RepositoryAccess.of(() -> new Exporting(repository).profile(format));
  }

  @Override
  public List<ProblemRecord> violations(List<InstanceFmri> instances) throws RefusedException {
    TemplateViolations templates = new TemplateViolations(repository, Map.of());
    List<ProblemRecord> problems = new ArrayList<>();
    RepositoryAccess.of(() -> {
      for (InstanceFmri fmri : instances) {
        Origin origin =
            definitions.definition(fmri).map(InstanceDefinition::origin).orElse(Origin.UNKNOWN);
        templates
            .of(repository.running(fmri), origin)
            .forEach(one -> problems.add(ServiceImport.violation(fmri, one, "error")));
      }
      return problems;
    });
    return problems;
  }

  @Override
  public PropertyGroups composed(Fmri entity) {
    try {
      return repository.editing(entity);
    } catch (RepositoryException e) {
      return PropertyGroups.EMPTY; // nothing is then authorised by a property
    }
  }

  @Override
  public ConfiguredEntity properties(Fmri entity, String view, String snapshot)
      throws RefusedException {
    return views.properties(entity, view, snapshot);
  }

  @Override
  public PropertyGroups own(Fmri entity) throws RefusedException {
    return RepositoryAccess.of(() -> repository.own(entity));
  }

  @Override
  public Optional<String> cycleWith(Fmri entity, PropertyGroups own) throws RefusedException {
    return new CycleCheck(repository, definitions).with(entity, own);
  }

  @Override
  public List<DifferenceRecord> compare(Fmri entity, Side before, Side after)
      throws RefusedException {
    return RepositoryAccess.of(
        () -> new PropertyComparison(repository).between(entity, before, after));
  }

  @Override
  public List<ServiceDescription> read(SourceText file) throws RefusedException {
    return files.services(file);
  }

  @Override
  public Report restore(SourceText archive, boolean commit, Actor actor) throws RefusedException {
    try (ConfigurationGate.Pass _ = commit ? gate.enter() : ConfigurationGate.LOOKING) {
      ServiceImport.Result result = RepositoryAccess.of(() -> files.restore(archive, commit));
      tell(result, actor);
      return result.report();
    }
  }

  @Override
  public Following follow(Runnable listener) {
    repository.follow(listener);
    return () -> repository.unfollow(listener);
  }

  @Override
  public Edited edit(List<EntityEdit> wanted, boolean commit, Actor actor) throws RefusedException {
    return edits.edit(wanted, commit, actor);
  }

  @Override
  public List<String> snapshots(InstanceFmri instance) throws RefusedException {
    return views.snapshots(instance);
  }

  @Override
  public ConfiguredEntity customizations(Fmri entity) throws RefusedException {
    return views.customizations(entity);
  }

  @Override
  public void revert(InstanceFmri instance, String snapshot, Actor actor) throws RefusedException {
    edits.make(List.of(new Edit.Revert(instance, PropertyViews.snapshotName(snapshot))), actor);
  }

  @Override
  public void deleteCustomizations(Fmri entity, String pattern, Actor actor)
      throws RefusedException {
    edits.make(
        List.of(new Edit.DeleteCustomizations(entity, pattern.isEmpty() ? "*" : pattern)), actor);
  }

  @Override
  public Event.RefreshRequested refreshed(InstanceFmri instance, Actor actor)
      throws RefusedException {
    List<Event.InstanceImport> retaken = retaken(Set.of(instance));
    if (retaken.isEmpty()) {
      throw new RefusedException(ErrorKind.NOT_FOUND, "No such instance \"" + instance + "\".");
    }
    return new Event.RefreshRequested(instance, retaken.getFirst().definition());
  }

  @Override
  public void defaultMilestone(String milestone, Actor actor) throws RefusedException {
    InstanceFmri master = InstanceDefinition.MASTER_RESTARTER;
    List<Edit> wanted = new ArrayList<>();
    if (!repository.contains(master)) {
      wanted.add(new Edit.AddEntity(master));
    }
    if (composed(master).group("options").isEmpty()) {
      wanted.add(new Edit.AddGroup(master, "options", PropertyGroup.FRAMEWORK));
    }
    wanted.add(
        new Edit.SetProperty(
            master, "options", "milestone", Optional.of(PropertyType.ASTRING), List.of(milestone)));
    edits.make(wanted, actor);
  }
}
