package bespoke.contract;

import org.jspecify.annotations.Nullable;

/// A process, told apart from later ones with the same pid.
///
/// @param run [Launch#run]
/// @param pid its process id
/// @param startTime field 22 of `/proc/PID/stat`, clock ticks since boot; 0 when it could not be
///   read because the process was gone already
public record KnownProcess(long run, long pid, long startTime) {
  // see InstanceFmri
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KnownProcess that
        && run == that.run
        && pid == that.pid
        && startTime == that.startTime;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(pid) + Long.hashCode(startTime);
  }
}
