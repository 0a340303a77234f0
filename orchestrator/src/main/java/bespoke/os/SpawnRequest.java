package bespoke.os;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A process as a [Spawner] can make it.
///
/// @param program path of the file to execute; it is not looked for
/// @param arguments with the name of the program first
/// @param environment `NAME=value` each
/// @param directory where it starts; empty keeps ours
/// @param descriptors the numbers in the process to ours; 0, 1 and 2 are the null device when they
///   are not named, all others are closed
/// @param nice absolute; empty keeps ours
/// @param noNewPrivileges whether to set `no_new_privs` (prctl(2))
/// @param context the rest; needs [Spawner#setsContext]
/// @param cgroup a descriptor of the cgroup's directory that it is born in, or empty for ours;
///   needs [Spawner#canChooseCgroup]
public record SpawnRequest(
    String program,
    List<String> arguments,
    List<String> environment,
    Optional<String> directory,
    Map<Integer, Integer> descriptors,
    OptionalInt nice,
    boolean noNewPrivileges,
    SpawnContext context,
    OptionalInt cgroup) {

  public SpawnRequest {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
    descriptors = Map.copyOf(descriptors);
  }

  /// A program with arguments and environment alone.
  public static SpawnRequest of(List<String> arguments, List<String> environment) {
    return new SpawnRequest(
        arguments.getFirst(),
        arguments,
        environment,
        Optional.empty(),
        Map.of(),
        OptionalInt.empty(),
        false,
        SpawnContext.NONE,
        OptionalInt.empty());
  }

  /// The same, executing another file.
  ///
  /// @param newArguments with the name of the program first
  public SpawnRequest withProgram(String newProgram, List<String> newArguments) {
    return new SpawnRequest(
        newProgram,
        newArguments,
        environment,
        directory,
        descriptors,
        nice,
        noNewPrivileges,
        context,
        cgroup);
  }

  /// The same, born in a cgroup.
  ///
  /// @param descriptor of its directory
  public SpawnRequest withCgroup(int descriptor) {
    return new SpawnRequest(
        program,
        arguments,
        environment,
        directory,
        descriptors,
        nice,
        noNewPrivileges,
        context,
        OptionalInt.of(descriptor));
  }
}
