package bespoke.supervisor.server;

import bespoke.supervisor.config.Configuration;
import bespoke.supervisor.config.GroupConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which groups a newly read configuration adds, changes and removes, by name.
public record GroupDifference(List<String> added, List<String> changed, List<String> removed) {
  public GroupDifference {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }

  static GroupDifference between(Collection<GroupConfig> active, Configuration read) {
    Map<String, GroupConfig> before = new HashMap<>();
    active.forEach(group -> before.put(group.name(), group));
    var added = new ArrayList<String>();
    var changed = new ArrayList<String>();
    for (GroupConfig group : read.groups()) {
      GroupConfig old = before.remove(group.name());
      if (old == null) {
        added.add(group.name());
      } else if (!old.equals(group)) {
        changed.add(group.name());
      }
    }
    return new GroupDifference(added, changed, before.keySet().stream().sorted().toList());
  }
}
