package bespoke.supervisor.convert;

import bespoke.supervisor.config.GroupConfig;
import bespoke.supervisor.config.GroupKind;
import bespoke.supervisor.config.ProcessConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the priorities of groups and programs say: who starts before whom, and stops after.
final class StartOrder {

  /// Lower comes first; groups before the programs in them.
  private record Rank(int group, int program) {
    static final Comparator<Rank> ORDER =
        Comparator.comparingInt(Rank::group).thenComparingInt(Rank::program);
  }

  private StartOrder() {}

  /// The programs of the rank before each program's own; nothing when all have one rank.
  static Map<String, List<String>> of(List<GroupConfig> groups) {
    Map<Rank, Set<String>> ranks = new TreeMap<>(Rank.ORDER);
    Set<String> known = new LinkedHashSet<>();
    for (GroupConfig group : groups) {
      if (group.kind() instanceof GroupKind.Plain) {
        for (ProcessConfig process : group.processes()) {
          if (known.add(process.program())) { // of several groups the first counts
            ranks
                .computeIfAbsent(
                    new Rank(group.priority(), process.priority()), _ -> new LinkedHashSet<>())
                .add(process.program());
          }
        }
      }
    }
    Map<String, List<String>> before = new HashMap<>();
    List<String> last = List.of();
    for (Set<String> rank : ranks.values()) {
      for (String program : rank) {
        if (!last.isEmpty()) {
          before.put(program, last);
        }
      }
      last = new ArrayList<>(rank);
    }
    return before;
  }
}
