package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.repository.GroupChange.Kind;
import bespoke.repository.ImportOptions.PropertyPath;
import bespoke.repository.ImportReport.Conflict;
import bespoke.repository.ImportReport.Outcome;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Works out the application of a profile (smf.md 9.3): sets what it says in the profile layer of
/// entities that exist.
///
/// Administrators' values stay in force over it, and are named; with `force` the profile wins. What
/// the same file set before and does not say any more is taken back.
final class ProfileApplication {

  private final Workspace workspace;
  private final ImportOptions options;
  private final ReportDraft report = new ReportDraft();
  private final Set<Draft> described = new LinkedHashSet<>();

  private ProfileApplication(Workspace workspace, ImportOptions options) {
    this.workspace = workspace;
    this.options = options;
  }

  static ReportDraft run(
      Workspace workspace, List<ServiceDescription> profile, ImportOptions options)
      throws RepositoryException {
    ProfileApplication application = new ProfileApplication(workspace, options);
    for (ServiceDescription description : profile) {
      application.service(description);
    }
    workspace.settle();
    application.finish();
    options.files().forEach(file -> workspace.change(Tables.put(file)));
    return application.report;
  }

  private void service(ServiceDescription description) throws RepositoryException {
    Optional<Draft> service = workspace.draft(description.fmri());
    if (service.isEmpty()) {
      return;
    }
    apply(service.get(), description.groups(), description.origin());
    for (InstanceDescription instance : description.instances()) {
      Optional<Draft> draft = workspace.draft(description.fmri().instance(instance.name()));
      if (draft.isPresent()) {
        apply(draft.get(), EnabledRow.hidden(instance.groups()), instance.origin());
        enabled(draft.get(), instance);
      }
    }
  }

  private void apply(Draft draft, PropertyGroups groups, Origin origin) throws RepositoryException {
    described.add(draft);
    takeBack(draft.profile(), origin);
    PropertyGroups below = draft.manifestGroups();
    for (PropertyGroup group : groups.byName().values()) {
      Kind kind = below.group(group.name()).isPresent() ? Kind.CHANGED : Kind.ADDED;
      GroupChange known = draft.profile().group(group.name());
      GroupChange change =
          known != null ? known : GroupChange.of(group.name(), group.type(), group.origin(), kind);
      for (Property property : group.properties().values()) {
        change.set().put(property.name(), property);
        yieldTo(draft, group.name(), property);
      }
      draft.profile().put(change);
    }
    draft.touch();
  }

  /// Forgets what an earlier application of the same file set.
  private static void takeBack(LayerChanges profile, Origin origin) {
    if (!(origin instanceof Origin.File file)) {
      return;
    }
    for (GroupChange change : profile.all()) {
      change.set().values().removeIf(property -> isOf(property.origin(), file));
      boolean its = isOf(change.origin(), file) && change.set().isEmpty();
      if (its || change.isEmpty()) {
        profile.remove(change.name());
      }
    }
  }

  private static boolean isOf(Origin origin, Origin.File file) {
    return origin instanceof Origin.File its && its.file().equals(file.file());
  }

  /// An administrator's value stays, unless the profile is forced.
  private void yieldTo(Draft draft, String group, Property property) throws RepositoryException {
    GroupChange admin = draft.admin().group(group);
    if (admin == null) {
      return;
    }
    Property mine = admin.set().get(property.name());
    if (mine == null || mine.sameValue(property) || options.force()) {
      admin.set().remove(property.name());
      admin.removed().remove(property.name());
    } else {
      PropertyPath path = new PropertyPath(draft.fmri(), group, property.name());
      report.conflicts.add(new Conflict(path, Optional.of(mine), Optional.of(property)));
    }
  }

  private void enabled(Draft draft, InstanceDescription instance) throws RepositoryException {
    EnabledRow old = draft.enabled();
    if (instance.enabled().isEmpty() || instance.enabled().equals(old.value())) {
      return;
    }
    if (old.isCustomized() && !options.force()) {
      report.kept.add(new PropertyPath(draft.fmri(), "general", "enabled"));
      return;
    }
    draft.enabled(new EnabledRow(instance.enabled(), "", instance.origin(), old.wish()));
    report.refreshed((InstanceFmri) draft.fmri(), PropertyGroups.EMPTY, draft.enabled().setting());
  }

  private void finish() throws RepositoryException {
    Map<Fmri, Outcome> outcomes = new LinkedHashMap<>();
    for (Draft draft : described) {
      boolean switched =
          draft.fmri() instanceof InstanceFmri fmri && report.running.containsKey(fmri);
      outcomes.put(
          draft.fmri(), draft.hasOtherValues() || switched ? Outcome.CHANGED : Outcome.UNCHANGED);
    }
    report.outcomes.putAll(outcomes);
    Refreshing refreshing = new Refreshing(workspace);
    Set<InstanceFmri> concerned = new LinkedHashSet<>(report.running.keySet());
    concerned.addAll(refreshing.concerned());
    for (InstanceFmri fmri : concerned) {
      Draft instance = workspace.draftOrNew(fmri);
      boolean switched = report.running.containsKey(fmri);
      if (refreshing.wouldChange(instance) || switched) {
        Draft service = refreshing.service(instance);
        report.refreshed(
            fmri, service.groups().overriddenBy(instance.groups()), instance.enabled().setting());
      }
      if (options.refresh()) {
        refreshing.run(instance);
      }
    }
  }
}
