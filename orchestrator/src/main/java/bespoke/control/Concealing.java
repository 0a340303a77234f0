package bespoke.control;

import bespoke.api.ConfiguredEntity;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.model.Fmri;
import bespoke.model.PropertyGroups;
import java.util.ArrayList;
import java.util.List;

/// Leaves out the values that a caller may not read (smf.md 10.1).
final class Concealing {
  private final Configuration configuration;
  private final Authorizer authorizer;

  Concealing(Configuration configuration, Authorizer authorizer) {
    this.configuration = configuration;
    this.authorizer = authorizer;
  }

  ConfiguredEntity of(Caller caller, Fmri fmri, ConfiguredEntity entity) {
    if (caller.isPrivileged()) {
      return entity;
    }
    PropertyGroups composed = configuration.composed(fmri);
    List<PropertyGroupRecord> groups = new ArrayList<>(entity.groups().size());
    for (PropertyGroupRecord group : entity.groups()) {
      groups.add(authorizer.mayRead(caller, composed, group.name()) ? group : withoutValues(group));
    }
    return new ConfiguredEntity(entity.fmri(), groups);
  }

  private static PropertyGroupRecord withoutValues(PropertyGroupRecord group) {
    List<PropertyRecord> properties = new ArrayList<>(group.properties().size());
    for (PropertyRecord property : group.properties()) {
      boolean names = property.name().endsWith("_authorization");
      properties.add(
          names
              ? property
              : new PropertyRecord(
                  property.name(),
                  property.type(),
                  List.of(),
                  true,
                  property.layer(),
                  property.origin()));
    }
    return new PropertyGroupRecord(group.name(), group.type(), group.persistent(), properties);
  }
}
