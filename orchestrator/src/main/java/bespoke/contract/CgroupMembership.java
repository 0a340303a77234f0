package bespoke.contract;

import bespoke.os.Descriptor;
import bespoke.os.Errno;
import bespoke.os.Inotify;
import bespoke.os.Poller;
import bespoke.os.Processes;
import bespoke.os.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Contracts as directories of cgroup v2.
///
/// The kernel tells at most every 10 ms that `cgroup.events` changed; that is why [LiveContracts]
/// also looks after each reaped process. Both together miss nothing.
final class CgroupMembership implements Membership {
  private static final int PROCESSES_BYTES_MAX = 1 << 22;

  /// How often a contract is looked at that inotify(7) refused to watch.
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final CgroupTree tree;
  private final CgroupResources resources;
  private final Inotify inotify;
  private final Poller poller;
  private final Changes changes;
  private final Map<Long, Path> directories = new HashMap<>();
  private final Set<Long> made = new HashSet<>();

  /// The contracts that were never killed, as far as we know. Linux 6.14 and later take a child
  /// that is to be born in a cgroup whose `cgroup.kill` was ever written for one that the kill has
  /// missed (kernel/cgroup/cgroup.c compares with the count of kills of its parent's cgroup), and
  /// end it at once.
  private final Set<Long> neverKilled = new HashSet<>();

  private final Map<Long, Inotify.Watch> watches = new HashMap<>();
  private final boolean hasKillFile;

  CgroupMembership(CgroupTree tree, Poller poller, Changes changes) {
    this(tree, poller, changes, Files.exists(tree.directory().resolve("cgroup.kill")));
  }

  /// @param hasKillFile whether to use `cgroup.kill` (Linux 5.14)
  CgroupMembership(CgroupTree tree, Poller poller, Changes changes, boolean hasKillFile) {
    this.tree = tree;
    this.poller = poller;
    this.changes = changes;
    this.hasKillFile = hasKillFile;
    this.resources = new CgroupResources(tree.directory());
    this.inotify = new Inotify(poller);
    directories.putAll(tree.existing());
  }

  @Override
  public Contracts.BackEnd backEnd() {
    return Contracts.BackEnd.CGROUP;
  }

  @Override
  public String description() {
    return "cgroup v2 at " + tree.directory();
  }

  @Override
  public Set<String> controllers() {
    return resources.controllers();
  }

  @Override
  public List<String> unavailable(Resources wanted) {
    return resources.unavailable(wanted);
  }

  @Override
  public Optional<String> create(long contract, String label) {
    if (made.contains(contract)) {
      return Optional.empty();
    }
    Path directory = directories.computeIfAbsent(contract, id -> tree.directoryFor(id, label));
    // mkdir(2) alone in the usual case
    if (directory.toFile().mkdir()) {
      neverKilled.add(contract);
    } else {
      try {
        Files.createDirectories(directory);
      } catch (IOException problem) {
        directories.remove(contract);
        return Optional.of("cannot make the contract " + directory + ": " + problem.getMessage());
      }
    }
    made.add(contract);
    return Optional.empty();
  }

  /// Asks the kernel to tell of a contract. Nobody needs that while a launched child of ours is in
  /// it, and most contracts are never without one until they are empty: so it is done when a
  /// contract turns out to have members all the same.
  private void watch(long contract, Path directory) {
    Inotify.Answer answer =
        inotify.watch(
            directory.resolve("cgroup.events"),
            Inotify.MODIFY,
            (_, _) -> changes.mayBeEmpty(contract));
    switch (answer) {
      case Inotify.Answer.Watching(Inotify.Watch watch) -> {
        Inotify.Watch before = watches.put(contract, watch);
        if (before != null) {
          inotify.unwatch(before);
        }
      }
      case Inotify.Answer.Refused _ ->
          poller.after(BETWEEN_LOOKS, () -> changes.mayBeEmpty(contract));
    }
  }

  @Override
  public List<String> limit(long contract, Resources wanted) {
    Path directory = directories.get(contract);
    return directory == null ? List.of() : resources.apply(contract, directory, wanted);
  }

  @Override
  public Birth birth(long contract) {
    Path directory = directories.getOrDefault(contract, tree.directoryFor(contract, ""));
    boolean isChosen = tree.way().isChosenAtBirth() && neverKilled.contains(contract);
    return new Birth(Optional.of(directory), isChosen, List.of());
  }

  @Override
  public boolean mustKnowAllChildren() {
    return false;
  }

  @Override
  public void born(long contract, int pid) {
    // the kernel keeps the books
  }

  @Override
  public OptionalLong ended(int pid, OptionalLong launchedIn) {
    return launchedIn.isPresent() ? launchedIn : contractOf(pid);
  }

  @Override
  public void reaped(int pid) {
    // the kernel keeps the books
  }

  @Override
  public boolean hasMembers(long contract) {
    Path directory = directories.get(contract);
    if (directory == null || !CgroupTree.isPopulated(directory)) {
      return false;
    }
    if (watches.containsKey(contract)) {
      return true;
    }
    watch(contract, directory);
    return CgroupTree.isPopulated(directory); // it may have become empty before it was watched
  }

  @Override
  public List<Long> members(long contract) {
    List<Long> members = new ArrayList<>();
    Path directory = directories.get(contract);
    if (directory != null) {
      collect(directory, members);
    }
    return members;
  }

  private static void collect(Path directory, List<Long> members) {
    String text = Descriptor.readText(directory.resolve("cgroup.procs"), PROCESSES_BYTES_MAX);
    int end = text == null ? 0 : text.length();
    for (int from = 0; text != null && from < end; ) {
      int to = text.indexOf('\n', from);
      to = to < 0 ? end : to;
      long pid = Long.parseLong(text, from, to, 10);
      if (pid > 0) { // 0 is a process of another pid namespace
        members.add(pid);
      }
      from = to + 1;
    }
    CgroupTree.subdirectories(directory).forEach(below -> collect(below, members));
  }

  @Override
  public void kill(long contract) {
    neverKilled.remove(contract);
    Path directory = directories.get(contract);
    if (directory == null) {
      return;
    }
    if (!hasKillFile || Descriptor.writeText(directory.resolve("cgroup.kill"), "1") != 0) {
      killFrozen(contract, directory);
    }
  }

  /// Before Linux 5.14: nothing can be born while the contract is frozen, and SIGKILL works.
  private void killFrozen(long contract, Path directory) {
    int frozen = Descriptor.writeText(directory.resolve("cgroup.freeze"), "1");
    members(contract).forEach(pid -> Signals.send(pid, Signals.KILL));
    if (frozen != -Errno.ENOENT) {
      Descriptor.writeText(directory.resolve("cgroup.freeze"), "0");
    }
  }

  @Override
  public OptionalLong contractOf(long pid) {
    return Processes.cgroup(pid).flatMap(tree::contractOf).stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  @Override
  public List<Long> adopt(long contract) {
    return members(contract);
  }

  @Override
  public void remove(long contract) {
    made.remove(contract);
    neverKilled.remove(contract);
    Inotify.Watch watch = watches.remove(contract);
    if (watch != null) {
      inotify.unwatch(watch);
    }
    resources.forget(contract);
    Path directory = directories.get(contract);
    if (directory != null && CgroupTree.delete(directory)) {
      directories.remove(contract);
    }
  }

  @Override
  public Set<Long> leftBehind() {
    return Set.copyOf(directories.keySet());
  }

  @Override
  public void memberEnded(long contract, long pid) {
    // no single members are watched
  }

  /// Leaves contracts with members; takes the sub-tree away when there are none.
  @Override
  public void close(boolean isIdle) {
    inotify.close();
    if (isIdle && !CgroupTree.isPopulated(tree.directory())) {
      CgroupTree.delete(tree.directory());
    }
  }
}
