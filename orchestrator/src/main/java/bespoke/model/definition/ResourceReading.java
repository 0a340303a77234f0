package bespoke.model.definition;

import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.Resources;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads `resources` into what the kernel is told.
final class ResourceReading {

  private ResourceReading() {}

  static Resources read(PropertyGroups groups, Faults faults) {
    PropertyGroup group = SpecialGroups.find(groups, "resources");
    if (group == null) {
      return Resources.NONE;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Property property : group.properties().values()) {
      Resource resource = Resource.named(property.name());
      if (resource == null) {
        continue;
      }
      Optional<String> value = property.single().flatMap(resource::kernelValue);
      if (value.isEmpty()) {
        faults.method("The resource " + resource + " is not " + resource.form().text() + ".");
      } else {
        values.put(resource.file(), value.get());
      }
    }
    return new Resources(values);
  }
}
