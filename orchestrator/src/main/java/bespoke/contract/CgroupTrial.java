package bespoke.contract;

import bespoke.os.Children;
import bespoke.os.Descriptor;
import bespoke.os.DirectSpawner;
import bespoke.os.PosixSpawner;
import bespoke.os.SpawnRequest;
import bespoke.os.Spawned;
import bespoke.os.Spawner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds out how a process gets into the cgroups of a directory, by trying it in one: rights,
/// threaded parents, namespaces, kernels and seccomp filters leave no other way to know.
record CgroupTrial(Path trial, boolean mayBeDirect) {

  /// How a process gets there.
  ///
  /// @param spawner what makes it
  /// @param isChosenAtBirth whether it is born there (clone3(2)); otherwise it has to join
  record Way(Spawner spawner, boolean isChosenAtBirth) {}

  /// @param mayBeDirect whether a [DirectSpawner] may be used
  /// @return empty when there is no way
  static Optional<Way> of(Path directory, boolean mayBeDirect) {
    boolean isNew = Files.notExists(directory);
    Path trial = directory.resolve("trial");
    try {
      Files.createDirectories(trial);
    } catch (IOException _) {
      return Optional.empty();
    }
    Optional<Way> way = new CgroupTrial(trial, mayBeDirect).way();
    CgroupTree.delete(trial);
    if (way.isEmpty() && isNew) {
      CgroupTree.delete(directory);
    }
    return way;
  }

  private Optional<Way> way() {
    Optional<DirectSpawner> direct =
        mayBeDirect ? DirectSpawner.open(Optional.of(trial)) : Optional.empty();
    return direct.isPresent()
        ? Optional.of(new Way(direct.get(), true))
        : ordinaryWay(new PosixSpawner());
  }

  private Optional<Way> ordinaryWay(Spawner spawner) {
    SpawnRequest joining = shell("echo 0 >\"$1\"", trial.resolve("cgroup.procs").toString());
    return isDone(joining, spawner)
        ? Optional.of(new Way(spawner, spawner.canChooseCgroup() && isBorn(spawner)))
        : Optional.empty();
  }

  private boolean isBorn(Spawner spawner) {
    int number = Descriptor.open(trial, Descriptor.DIRECTORY, 0);
    if (number < 0) {
      return false;
    }
    try (Descriptor cgroup = new Descriptor(number)) {
      String script =
          "while IFS= read -r line; do case $line in 0::*\"/$1\") exit 0; esac; done"
              + " </proc/self/cgroup; exit 1";
      String name = trial.subpath(trial.getNameCount() - 2, trial.getNameCount()).toString();
      return isDone(shell(script, name).withCgroup(cgroup.number()), spawner);
    }
  }

  private static SpawnRequest shell(String script, String parameter) {
    return SpawnRequest.of(
        List.of(Tools.shell().orElse("/bin/sh"), "-c", script, "trial", parameter), List.of());
  }

  private static boolean isDone(SpawnRequest request, Spawner spawner) {
    return spawner.spawn(request) instanceof Spawned.Child child
        && Children.await(child.pid()).filter(status -> status.raw() == 0).isPresent();
  }
}
