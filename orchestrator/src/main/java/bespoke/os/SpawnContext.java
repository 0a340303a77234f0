package bespoke.os;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What posix_spawn(3) cannot give a process.
///
/// @param umask 0 to 0777; empty keeps ours
/// @param limits soft and hard, by the number of setrlimit(2); -1 is no limit
/// @param oomScoreAdjust -1000 to 1000 (proc(5)); empty keeps ours
/// @param identity as whom it runs; empty keeps ours
/// @param capabilities the numbers of the bounding, inheritable and ambient sets (capabilities(7));
///   empty keeps ours
public record SpawnContext(
    OptionalInt umask,
    Map<Integer, Limit> limits,
    OptionalInt oomScoreAdjust,
    Optional<Identity> identity,
    Optional<Set<Integer>> capabilities) {

  /// Nothing.
  public static final SpawnContext NONE =
      new SpawnContext(
          OptionalInt.empty(), Map.of(), OptionalInt.empty(), Optional.empty(), Optional.empty());

  public SpawnContext {
    limits = Map.copyOf(limits);
    capabilities = capabilities.map(Set::copyOf);
  }

  /// One limit of setrlimit(2).
  public record Limit(long soft, long hard) {}

  /// The ids of credentials(7): real, effective and saved alike.
  ///
  /// @param groups all supplementary groups
  public record Identity(int uid, int gid, List<Integer> groups) {
    public Identity {
      groups = List.copyOf(groups);
    }
  }
}
