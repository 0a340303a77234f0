package bespoke.os;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;

/// Makes child processes by system calls of our own ([BirthCalls]): born in their cgroup, with
/// everything that was asked for, and their program executed directly.
///
/// Needs clone3(2) with CLONE_CLEAR_SIGHAND (Linux 5.5), close_range(2) (5.9), for cgroups
/// CLONE_INTO_CGROUP (5.7), and nobody who forbids them (seccomp(2)): so it is tried before.
public final class DirectSpawner implements Spawner {
  private final CallRoutine routine;
  private final InheritedState inherited = InheritedState.read();

  private DirectSpawner(CallRoutine routine) {
    this.routine = routine;
  }

  /// Tries it with a child that ends at once. To be called before there is a reaper.
  ///
  /// @param cgroup the directory of a cgroup to be born in, or empty when that is not wanted
  /// @return empty when it is not possible here
  public static Optional<DirectSpawner> open(Optional<Path> cgroup) {
    return CallRoutine.get()
        .filter(routine -> BirthTrial.succeeds(routine, cgroup))
        .map(DirectSpawner::new);
  }

  @Override
  public Spawned spawn(SpawnRequest request) {
    try (Arena arena = Arena.ofConfined()) {
      return new BirthCalls(arena, request, inherited).run(routine);
    }
  }

  @Override
  public boolean setsContext() {
    return true;
  }

  @Override
  public boolean canChangeDirectory() {
    return true;
  }

  @Override
  public boolean canChooseCgroup() {
    return true;
  }
}
