package bespoke.contract;

import bespoke.os.Processes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// All processes at one moment, each belonging to the contract that it is known to belong to, else
/// to that of its parent.
final class ProcessTree {
  /// What is known of a single process.
  @FunctionalInterface
  interface Owner {
    OptionalLong of(Processes.Stat process);
  }

  private final long self;
  private final Owner owner;
  private final Map<Long, Processes.Stat> processes = new HashMap<>();
  private final Map<Long, Optional<Long>> owners = new HashMap<>();

  /// Reads `/proc`.
  ///
  /// @param self where chains of parents end without an answer
  ProcessTree(long self, Owner owner) {
    this.self = self;
    this.owner = owner;
    Processes.all().forEach(pid -> Processes.stat(pid).ifPresent(stat -> processes.put(pid, stat)));
  }

  /// Living members of a contract, rising.
  List<Long> members(long contract) {
    return processes.values().stream()
        .filter(stat -> !stat.isEnded())
        .map(Processes.Stat::pid)
        .filter(pid -> owner(pid).equals(Optional.of(contract)))
        .sorted()
        .toList();
  }

  /// The contract of a process.
  Optional<Long> owner(long pid) {
    List<Long> chain = new ArrayList<>();
    Optional<Long> found = Optional.empty();
    long at = pid;
    while (at > 1 && at != self && !chain.contains(at)) {
      Optional<Long> before = owners.get(at);
      Processes.Stat stat = processes.get(at);
      if (before != null || stat == null) {
        found = before == null ? Optional.empty() : before;
        break;
      }
      chain.add(at);
      OptionalLong direct = owner.of(stat);
      if (direct.isPresent()) {
        found = Optional.of(direct.getAsLong());
        break;
      }
      at = stat.parent();
    }
    for (long link : chain) {
      owners.put(link, found);
    }
    return found;
  }
}
