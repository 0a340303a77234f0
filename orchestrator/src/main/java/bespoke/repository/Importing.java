package bespoke.repository;

import bespoke.model.Dependency;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.repository.ImportOptions.PropertyPath;
import bespoke.repository.ImportReport.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Works out the import of service descriptions (smf.md 9.2): manifest layers, merges, dependents,
/// snapshots.
final class Importing {

  private static final String GENERAL = "general";
  private static final String DEPENDENTS = "dependents";

  private final Workspace workspace;
  private final ImportOptions options;
  private final ReportDraft report = new ReportDraft();
  private final Map<Draft, Outcome> described = new LinkedHashMap<>();
  private final Set<Draft> switched = new LinkedHashSet<>();
  private final Map<Draft, List<Dependent>> declared = new LinkedHashMap<>();

  private Importing(Workspace workspace, ImportOptions options) {
    this.workspace = workspace;
    this.options = options;
  }

  static ReportDraft run(
      Workspace workspace, List<ServiceDescription> descriptions, ImportOptions options)
      throws RepositoryException {
    Importing importing = new Importing(workspace, options);
    for (ServiceDescription description : descriptions) {
      importing.service(description);
    }
    importing.dependents();
    workspace.settle();
    importing.snapshots();
    options.files().forEach(file -> workspace.change(Tables.put(file)));
    return importing.report;
  }

  private void service(ServiceDescription description) throws RepositoryException {
    Draft service = workspace.draftOrNew(description.fmri());
    entity(service, description.groups(), description.dependents(), description.origin());
    for (InstanceDescription instance : description.instances()) {
      Draft draft = workspace.draftOrNew(description.fmri().instance(instance.name()));
      boolean first = !draft.isImported();
      entity(draft, instance.groups(), instance.dependents(), instance.origin());
      enabled(draft, instance, first);
    }
  }

  /// `general/enabled` follows the file only when the instance is imported for the first time (case
  /// C24).
  private void enabled(Draft draft, InstanceDescription instance, boolean first)
      throws RepositoryException {
    EnabledRow old = draft.enabled();
    if (options.restores() && !first && !old.value().equals(instance.enabled())) {
      draft.enabled(new EnabledRow(instance.enabled(), "", instance.origin(), instance.enabled()));
      switched.add(draft);
    } else if (first && old.value().isEmpty()) {
      draft.enabled(new EnabledRow(instance.enabled(), "", instance.origin(), instance.enabled()));
    } else {
      draft.enabled(new EnabledRow(old.value(), old.comment(), old.origin(), instance.enabled()));
    }
  }

  private void entity(Draft draft, PropertyGroups groups, List<Dependent> dependents, Origin origin)
      throws RepositoryException {
    boolean first = !draft.isImported();
    PropertyGroups wanted = wanted(draft, groups, dependents);
    declared.put(draft, dependents);
    described.put(draft, first ? Outcome.NEW : Outcome.UNCHANGED);
    if (!first) {
      if (options.restores()) {
        draft.profile().clear();
        draft.touch();
      } else if (isStored(draft, new Body(origin, wanted))) {
        noteKept(draft, wanted);
        return;
      }
      wanted = options.restores() ? wanted : keepRestarter(draft, wanted);
      merge(draft, draft.manifest().groups(), wanted);
    } else if (!draft.isNew()) {
      merge(draft, PropertyGroups.EMPTY, wanted);
    }
    draft.manifest(new Body(origin, wanted));
  }

  private boolean isStored(Draft draft, Body body) throws RepositoryException {
    return Arrays.equals(body.toBytes(), workspace.bytes(draft.row().manifest()));
  }

  private PropertyGroups wanted(Draft draft, PropertyGroups groups, List<Dependent> dependents) {
    Map<String, PropertyGroup> wanted = new LinkedHashMap<>(EnabledRow.hidden(groups).byName());
    wanted.keySet().removeIf(name -> isDeleted(draft.fmri(), name));
    if (!dependents.isEmpty() && !wanted.containsKey(DEPENDENTS)) {
      wanted.put(DEPENDENTS, bookkeeping(dependents));
    }
    return new PropertyGroups(wanted);
  }

  private boolean isDeleted(Fmri entity, String group) {
    return options.delete().contains(new PropertyPath(entity, group, ""));
  }

  /// One property for each dependent: its name, and where it was put (smf.md 3.6).
  private static PropertyGroup bookkeeping(List<Dependent> dependents) {
    Map<String, Property> properties = new LinkedHashMap<>();
    for (Dependent dependent : dependents) {
      Dependency dependency = dependent.dependency();
      Property one =
          Property.of(
              dependency.name(),
              PropertyType.FMRI,
              dependent.target().toString(),
              dependency.origin());
      properties.merge(one.name(), one, Importing::withValuesOf);
    }
    Origin origin = dependents.getFirst().dependency().origin();
    return PropertyGroup.of(DEPENDENTS, PropertyGroup.FRAMEWORK, properties.values(), origin);
  }

  private static Property withValuesOf(Property first, Property second) {
    List<String> values = new ArrayList<>(first.values());
    values.addAll(second.values());
    return new Property(first.name(), first.type(), values, first.origin());
  }

  /// `general/restarter` of an instance that exists is never touched.
  private static PropertyGroups keepRestarter(Draft draft, PropertyGroups file)
      throws RepositoryException {
    PropertyGroups old = draft.manifest().groups();
    Map<String, PropertyGroup> wanted = new LinkedHashMap<>(file.byName());
    Optional<Property> kept = old.property(GENERAL, "restarter");
    PropertyGroup general = wanted.get(GENERAL);
    if (!(draft.fmri() instanceof InstanceFmri) || general == null && kept.isEmpty()) {
      return file;
    }
    PropertyGroup base = general != null ? general : old.group(GENERAL).orElseThrow();
    Map<String, Property> properties =
        general != null ? new LinkedHashMap<>(general.properties()) : new LinkedHashMap<>();
    if (kept.isPresent()) {
      properties.put("restarter", kept.get());
    } else {
      properties.remove("restarter");
    }
    wanted.put(GENERAL, new PropertyGroup(GENERAL, base.type(), properties, base.origin()));
    return new PropertyGroups(wanted);
  }

  private void merge(Draft draft, PropertyGroups old, PropertyGroups wanted)
      throws RepositoryException {
    for (PropertyPath path : options.delete()) {
      if (path.entity().equals(draft.fmri())) {
        draft.admin().remove(path.group());
        draft.profile().remove(path.group());
      }
    }
    Merge merge = new Merge(draft.fmri(), old, wanted, options);
    merge.judge(draft.admin());
    report.conflicts.addAll(merge.conflicts());
    report.kept.addAll(merge.kept());
  }

  private void noteKept(Draft draft, PropertyGroups wanted) throws RepositoryException {
    if (!draft.admin().isEmpty()) {
      merge(draft, wanted, wanted);
      draft.touch();
    }
  }

  // --- dependents

  private void dependents() throws RepositoryException {
    for (Map.Entry<Draft, List<Dependent>> entry : declared.entrySet()) {
      Draft declarer = entry.getKey();
      if (declarer.isNew() && entry.getValue().isEmpty()) {
        continue;
      }
      Set<Tables.Dependent> left =
          new LinkedHashSet<>(workspace.dependents().declaredBy(declarer.id()));
      for (Dependent dependent : entry.getValue()) {
        Draft target = workspace.draftOrNew(dependent.target());
        if (put(declarer, target, dependent)) {
          left.removeIf(old -> old.target() == target.id() && old.name().equals(name(dependent)));
        }
      }
      left.forEach(this::takeBack);
    }
  }

  private boolean put(Draft declarer, Draft target, Dependent dependent)
      throws RepositoryException {
    String name = name(dependent);
    Tables.Dependent there = workspace.dependents().in(target.id(), name);
    boolean clash =
        there != null
            ? there.declarer() != declarer.id()
            : target.manifest().groups().group(name).isPresent()
                || target.admin().group(name) != null;
    PropertyPath path = new PropertyPath(target.fmri(), name, "");
    if (clash && !options.force() && !options.override().contains(path)) {
      report.warnings.add(
          dependent.dependency().origin()
              + ": cannot put the dependency \""
              + name
              + "\" of "
              + declarer.fmri()
              + " into "
              + target.fmri()
              + ": it has a group of that name that is not ours; rename the dependent");
      return false;
    }
    if (workspace.dependents().put(declarer.id(), target.id(), group(dependent.dependency()))) {
      target.touch();
    }
    return true;
  }

  private void takeBack(Tables.Dependent dependent) {
    workspace.dependentsLoaded().remove(dependent);
    workspace.touch(dependent.target());
  }

  private static String name(Dependent dependent) {
    return dependent.dependency().name();
  }

  private static PropertyGroup group(Dependency dependency) {
    Origin origin = dependency.origin();
    List<String> entities = dependency.entities().stream().map(Object::toString).toList();
    return PropertyGroup.of(
        dependency.name(),
        PropertyGroup.DEPENDENCY,
        List.of(
            astring("grouping", dependency.grouping().toString(), origin),
            astring("restart_on", dependency.restartOn().toString(), origin),
            astring("type", dependency.isPath() ? "path" : "service", origin),
            new Property("entities", PropertyType.FMRI, entities, origin),
            Property.of("external", PropertyType.BOOLEAN, "true", origin)),
        origin);
  }

  private static Property astring(String name, String value, Origin origin) {
    return Property.of(name, PropertyType.ASTRING, value, origin);
  }

  // --- snapshots and the report

  private void snapshots() throws RepositoryException {
    Refreshing refreshing = new Refreshing(workspace);
    described.forEach((draft, outcome) -> {
      boolean changed =
          outcome == Outcome.UNCHANGED && (draft.hasOtherValues() || switched.contains(draft));
      report.outcomes.put(draft.fmri(), changed ? Outcome.CHANGED : outcome);
    });
    Set<InstanceFmri> concerned = refreshing.concerned();
    described.keySet().stream()
        .filter(draft -> draft.fmri() instanceof InstanceFmri)
        .forEach(draft -> concerned.add((InstanceFmri) draft.fmri()));
    for (InstanceFmri fmri : concerned) {
      Optional<Draft> instance = workspace.draft(fmri);
      if (instance.isPresent()) {
        snapshot(refreshing, fmri, instance.get());
      }
    }
  }

  private void snapshot(Refreshing refreshing, InstanceFmri fmri, Draft instance)
      throws RepositoryException {
    Draft service = refreshing.service(instance);
    boolean imported = described.containsKey(instance);
    if (!instance.isTouched()
        && !service.isTouched()
        && !switched.contains(instance)
        && described.get(instance) != Outcome.NEW) {
      return;
    }
    Map<SnapshotName, SnapshotRow> taken = instance.snapshots();
    if (instance.hasOtherContent() || service.hasOtherContent()) {
      if (taken.containsKey(SnapshotName.INITIAL)) {
        instance.snapshot(
            SnapshotName.PREVIOUS,
            new SnapshotRow(
                instance.formerCurrent(), service.formerCurrent(), instance.enabled().value()));
      }
    }
    if (imported && !taken.containsKey(SnapshotName.INITIAL)) {
      instance.snapshot(SnapshotName.INITIAL, refreshing.present(instance));
    }
    if (imported || taken.containsKey(SnapshotName.LAST_IMPORT)) {
      instance.snapshot(
          SnapshotName.LAST_IMPORT,
          new SnapshotRow(
              instance.row().manifest(), service.row().manifest(), instance.enabled().wish()));
    }
    if (refreshing.wouldChange(instance) || switched.contains(instance)) {
      report.refreshed(
          fmri, service.groups().overriddenBy(instance.groups()), instance.enabled().setting());
    }
    if (options.refresh()) {
      refreshing.run(instance);
    }
  }
}
