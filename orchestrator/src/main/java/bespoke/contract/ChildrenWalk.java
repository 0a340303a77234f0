package bespoke.contract;

import bespoke.os.Processes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/// Finds the living descendants of processes, in time that grows with how many there are.
final class ChildrenWalk {
  private ChildrenWalk() {}

  /// The processes and their descendants, rising. A process whose parent ends while we look may be
  /// missing.
  static List<Long> from(Collection<Long> roots) {
    TreeSet<Long> found = new TreeSet<>();
    Deque<Long> next = new ArrayDeque<>(roots);
    while (!next.isEmpty()) {
      long pid = next.pop();
      boolean isAlive = Processes.stat(pid).filter(stat -> !stat.isEnded()).isPresent();
      if (isAlive && found.add(pid)) {
        Processes.children(pid).forEach(next::push);
      }
    }
    return List.copyOf(found);
  }
}
