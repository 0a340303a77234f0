package bespoke.os;

/// The answer to [Spawner#spawn].
public sealed interface Spawned {

  /// A child of ours exists and executes the program.
  ///
  /// @param startTime as of [Processes#startTime]; 0 when it is not known yet
  record Child(int pid, long startTime) implements Spawned {}

  /// There is no child.
  ///
  /// @param step what failed
  /// @param errno why
  record Failed(Step step, int errno) implements Spawned {}

  /// What can fail.
  enum Step {
    /// Copying a descriptor.
    DESCRIPTORS,
    /// setpriority(2).
    NICE,
    /// prctl(2) with PR_SET_NO_NEW_PRIVS.
    NO_NEW_PRIVILEGES,
    /// Making the process, entering the directory or executing the program; which is not known.
    SPAWN,
    /// Making the process.
    BIRTH,
    /// Making the process in its cgroup.
    CGROUP,
    /// chdir(2).
    DIRECTORY,
    /// setrlimit(2).
    LIMIT,
    /// Writing `oom_score_adj`.
    OOM_SCORE,
    /// Setting groups or user.
    IDENTITY,
    /// Setting capabilities.
    CAPABILITIES,
    /// execve(2).
    EXECUTE
  }
}
