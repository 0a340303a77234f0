package bespoke.os;

/// Makes child processes: a session of their own, no blocked and no ignored signals, exactly the
/// descriptors that were asked for.
///
/// Nothing but [Children] may wait for them. May be used by several threads at once.
public sealed interface Spawner permits DirectSpawner, PosixSpawner {

  /// Makes a process; returns when it executes its program, or cannot.
  Spawned spawn(SpawnRequest request);

  /// Whether it can set [SpawnRequest#context]; otherwise that must be [SpawnContext#NONE].
  boolean setsContext();

  /// Whether it can set [SpawnRequest#directory] (glibc 2.29); otherwise that must be empty.
  boolean canChangeDirectory();

  /// Whether it can set [SpawnRequest#cgroup] (glibc 2.39). The kernel may refuse all the same,
  /// with ENOSYS or EOPNOTSUPP: clone3(2) is young and often filtered.
  boolean canChooseCgroup();
}
