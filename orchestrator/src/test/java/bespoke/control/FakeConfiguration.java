package bespoke.control;

import bespoke.api.Change;
import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.DifferenceRecord;
import bespoke.api.ProblemRecord;
import bespoke.api.SourceText;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.Fmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.ServiceDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Property groups that a test gives; changes are listed.
final class FakeConfiguration implements Configuration {
  private PropertyGroups groups = PropertyGroups.EMPTY;
  final List<Change> changes = new ArrayList<>();

  FakeConfiguration withGeneral(String property, String value) {
    return with("general", property, value);
  }

  FakeConfiguration with(String group, String property, String value) {
    groups =
        PropertyGroups.of(
            List.of(
                PropertyGroup.of(
                    group,
                    PropertyGroup.FRAMEWORK,
                    List.of(Property.of(property, PropertyType.ASTRING, value, Origin.UNKNOWN)),
                    Origin.UNKNOWN)));
    return this;
  }

  @Override
  public Report importFiles(ConfigurationRequest.Import request, Actor actor) {
    return new Report(List.of(), List.of());
  }

  @Override
  public Optional<String> described(InstanceFmri restarter, String yaml) {
    return Optional.empty();
  }

  @Override
  public Report apply(ConfigurationRequest.Apply request, Actor actor) {
    return new Report(List.of(), List.of());
  }

  @Override
  public Report delete(Fmri entity, boolean force, Actor actor) {
    return new Report(List.of(), List.of());
  }

  @Override
  public void add(Fmri entity, Actor actor) {}

  @Override
  public List<String> names(Optional<Fmri> service) {
    return List.of();
  }

  @Override
  public String export(Optional<Fmri> service, boolean allValues, String format) {
    return "";
  }

  @Override
  public String extract(String format) {
    return "";
  }

  @Override
  public ConfiguredEntity properties(Fmri entity, String view, String snapshot) {
    return new ConfiguredEntity(entity.toString(), List.of());
  }

  @Override
  public PropertyGroups composed(Fmri entity) {
    return groups;
  }

  @Override
  public Edited edit(List<EntityEdit> edits, boolean commit, Actor actor) {
    edits.forEach(one -> changes.addAll(one.changes()));
    return new Edited(edits.size(), Optional.empty());
  }

  @Override
  public PropertyGroups own(Fmri entity) {
    return groups;
  }

  @Override
  public Optional<String> cycleWith(Fmri entity, PropertyGroups own) {
    return Optional.empty();
  }

  @Override
  public List<DifferenceRecord> compare(Fmri entity, Side before, Side after) {
    return List.of();
  }

  @Override
  public List<ServiceDescription> read(SourceText file) {
    return List.of();
  }

  @Override
  public Report restore(SourceText archive, boolean commit, Actor actor) {
    return new Report(List.of(), List.of());
  }

  @Override
  public Following follow(Runnable listener) {
    return () -> {};
  }

  @Override
  public List<String> snapshots(InstanceFmri instance) {
    return List.of();
  }

  @Override
  public void revert(InstanceFmri instance, String snapshot, Actor actor) {}

  @Override
  public ConfiguredEntity customizations(Fmri entity) {
    return new ConfiguredEntity(entity.toString(), List.of());
  }

  @Override
  public void deleteCustomizations(Fmri entity, String pattern, Actor actor) {}

  @Override
  public Event.RefreshRequested refreshed(InstanceFmri instance, Actor actor) {
    return new Event.RefreshRequested(instance, InstanceDefinition.bare(instance));
  }

  @Override
  public boolean rehearse(States now, Consumer<Event> events, Rehearsal rehearsal)
      throws IOException {
    FakeConfiguration copy = new FakeConfiguration();
    copy.groups = groups;
    rehearsal.run(copy);
    return false;
  }

  @Override
  public void defaultMilestone(String milestone, Actor actor) {}

  @Override
  public List<ProblemRecord> violations(List<InstanceFmri> instances) {
    return List.of();
  }
}
