package bespoke.daemon;

import static java.util.stream.Collectors.joining;

import bespoke.api.Change;
import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.ErrorKind;
import bespoke.api.ImportedRecord;
import bespoke.api.ProblemRecord;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.api.SourceText;
import bespoke.control.Configuration;
import bespoke.engine.Event;
import bespoke.manifest.yaml.YamlWriter;
import bespoke.model.Actor;
import bespoke.model.Fmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.ServiceFmri;
import bespoke.repository.Customization;
import bespoke.repository.Edit;
import bespoke.repository.EditReport;
import bespoke.repository.Layer;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import bespoke.repository.Snapshot;
import bespoke.repository.SnapshotName;
import bespoke.repository.StoredInstance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The commands' view of the repository: every change is made there first, then told to the engine.
final class RepositoryConfiguration implements Configuration {
  private static final Actor RESTARTER = new Actor("restarter", -1, -1, 0, "");

  private final Repository repository;
  private final KnownDefinitions definitions;
  private final FileImport files;
  private final Told told;
  private final EngineLoop.Clock clock;

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
  }

  RepositoryConfiguration(
      Repository repository,
      KnownDefinitions definitions,
      ServiceImport imports,
      Told told,
      EngineLoop.Clock clock) {
    this.repository = repository;
    this.definitions = definitions;
    this.files = new FileImport(imports, ManifestFormats.ALL);
    this.told = told;
    this.clock = clock;
  }

  /// Something of the repository.
  @FunctionalInterface
  private interface Access<T> {
    T get() throws RepositoryException, RefusedException;
  }

  private static <T> T access(Access<T> access) throws RefusedException {
    try {
      return access.get();
    } catch (RepositoryException e) {
      throw new RefusedException(ErrorKind.INTERNAL, String.valueOf(e.getMessage()));
    }
  }

  private Origin by(Actor actor) {
    return DurableLedger.administrator(actor, clock.epochMillis());
  }

  @Override
  public Report importFiles(ConfigurationRequest.Import request, Actor actor)
      throws RefusedException {
    if (request.files().isEmpty()) {
      return told.reread(!request.validateOnly() && !request.plan(), actor);
    }
    ServiceImport.Result result = access(() -> files.run(request));
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
          importFiles(
              new ConfigurationRequest.Import(List.of(text), "yaml", false, false, true, false),
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
    ServiceImport.Result result = access(() -> files.apply(request));
    tell(result, actor);
    return result.report();
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
    EditReport report = edited(List.of(new Edit.DeleteEntity(entity)), actor);
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
    edited(List.of(new Edit.AddEntity(entity)), actor);
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
    access(() -> {
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

  private EditReport edited(List<Edit> edits, Actor actor) throws RefusedException {
    EditReport report = access(() -> repository.edit(edits, true, by(actor)));
    if (report.problem().isPresent()) {
      throw new RefusedException(ErrorKind.STATE, report.problem().get());
    }
    return report;
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
  public String export(Optional<Fmri> service, boolean allValues) throws RefusedException {
    Descriptions descriptions = new Descriptions(repository);
    List<ServiceFmri> services =
        service.map(fmri -> List.of(fmri.serviceFmri())).orElseGet(repository::services);
    return access(() -> YamlWriter.write(descriptions.all(services)));
  }

  @Override
  public String extract() throws RefusedException {
    Descriptions descriptions = new Descriptions(repository);
    return access(() -> YamlWriter.writeProfile(descriptions.settings(repository.services())));
  }

  @Override
  public ConfiguredEntity properties(Fmri entity, String view, String snapshot)
      throws RefusedException {
    PropertyGroups groups = access(() -> groups(entity, view, snapshot));
    List<PropertyGroupRecord> records = new ArrayList<>();
    for (PropertyGroup group : groups.byName().values()) {
      records.add(record(group, true));
    }
    if (entity instanceof InstanceFmri instance && !view.equals("snapshot")) {
      told.status(instance)
          .ifPresent(status ->
              StatusGroups.of(status, told.logFile(instance))
                  .forEach(group -> records.add(record(group, false))));
    }
    return new ConfiguredEntity(entity.toString(), records);
  }

  private PropertyGroups groups(Fmri entity, String view, String snapshot)
      throws RepositoryException, RefusedException {
    return switch (entity) {
      case ServiceFmri service -> {
        if (view.equals("snapshot")) {
          throw new RefusedException(ErrorKind.STATE, "Only instances have snapshots.");
        }
        yield repository.own(service);
      }
      case InstanceFmri instance ->
          switch (view) {
            case "own" -> repository.own(instance);
            case "composed" -> repository.editing(instance);
            case "snapshot" -> snapshot(instance, snapshot).composed();
            default -> repository.running(instance);
          };
    };
  }

  private Snapshot snapshot(InstanceFmri instance, String name)
      throws RepositoryException, RefusedException {
    return repository
        .snapshot(instance, snapshotName(name))
        .orElseThrow(() -> new RefusedException(ErrorKind.NOT_FOUND, "No such snapshot."));
  }

  private static SnapshotName snapshotName(String name) throws RefusedException {
    SnapshotName found = SnapshotName.named(name);
    if (found == null) {
      throw new RefusedException(ErrorKind.NOT_FOUND, "No such snapshot.");
    }
    return found;
  }

  private static PropertyGroupRecord record(PropertyGroup group, boolean persistent) {
    List<PropertyRecord> properties = new ArrayList<>();
    for (Property property : group.properties().values()) {
      properties.add(
          new PropertyRecord(
              property.name(),
              property.type().toString(),
              property.values(),
              false,
              "",
              property.origin() instanceof Origin.Unknown ? "" : property.origin().toString()));
    }
    return new PropertyGroupRecord(group.name(), group.type(), persistent, properties);
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
  public void edit(Fmri entity, List<Change> changes, Actor actor) throws RefusedException {
    List<Edit> edits = new ArrayList<>(changes.size());
    for (Change change : changes) {
      edits.add(edit(entity, change));
    }
    edited(edits, actor);
    boolean enables =
        changes.stream()
            .anyMatch(it -> it.group().equals("general") && it.property().equals("enabled"));
    if (enables && entity instanceof InstanceFmri instance) {
      Optional<Boolean> enabled = access(() -> repository.enabled(instance)).permanent();
      if (enabled.isPresent()) {
        told.enabled(instance, enabled.get(), actor);
      }
    }
  }

  private static Edit edit(Fmri entity, Change change) throws RefusedException {
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
          throw new RefusedException(
              ErrorKind.BAD_REQUEST, "unknown change \"" + change.kind() + "\"");
    };
  }

  private static String value(Change change) throws RefusedException {
    if (change.values().size() != 1) {
      throw new RefusedException(ErrorKind.BAD_REQUEST, change.kind() + " needs one value");
    }
    return change.values().getFirst();
  }

  private static Optional<PropertyType> type(String word) throws RefusedException {
    if (word.isEmpty()) {
      return Optional.empty();
    }
    PropertyType type = PropertyType.named(word);
    if (type == null) {
      throw new RefusedException(ErrorKind.BAD_REQUEST, "Unknown type \"" + word + "\".");
    }
    return Optional.of(type);
  }

  @Override
  public List<String> snapshots(InstanceFmri instance) throws RefusedException {
    return access(() -> repository.snapshots(instance)).stream()
        .map(SnapshotName::toString)
        .toList();
  }

  @Override
  public void revert(InstanceFmri instance, String snapshot, Actor actor) throws RefusedException {
    edited(List.of(new Edit.Revert(instance, snapshotName(snapshot))), actor);
  }

  @Override
  public ConfiguredEntity customizations(Fmri entity) throws RefusedException {
    Map<String, List<PropertyRecord>> byGroup = new LinkedHashMap<>();
    for (Customization one : access(() -> repository.customizations(entity))) {
      if (one.layer() == Layer.ADMIN) {
        byGroup
            .computeIfAbsent(one.path().group(), group -> new ArrayList<>())
            .add(
                new PropertyRecord(
                    one.path().property(),
                    one.value().map(value -> value.type().toString()).orElse(""),
                    one.value().map(Property::values).orElse(List.of()),
                    false,
                    one.layer().toString(),
                    one.origin().toString()));
      }
    }
    List<PropertyGroupRecord> groups = new ArrayList<>();
    byGroup.forEach(
        (name, properties) -> groups.add(new PropertyGroupRecord(name, "", true, properties)));
    return new ConfiguredEntity(entity.toString(), groups);
  }

  @Override
  public void deleteCustomizations(Fmri entity, String pattern, Actor actor)
      throws RefusedException {
    edited(
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
    List<Edit> edits = new ArrayList<>();
    if (!repository.contains(master)) {
      edits.add(new Edit.AddEntity(master));
    }
    if (composed(master).group("options").isEmpty()) {
      edits.add(new Edit.AddGroup(master, "options", PropertyGroup.FRAMEWORK));
    }
    edits.add(
        new Edit.SetProperty(
            master, "options", "milestone", Optional.of(PropertyType.ASTRING), List.of(milestone)));
    edited(edits, actor);
  }
}
