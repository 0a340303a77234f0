package bespoke.contract;

import bespoke.contract.LaunchFailure.Kind;
import bespoke.os.Descriptor;
import bespoke.os.Errno;
import bespoke.os.ResourceShortage;
import bespoke.os.SpawnRequest;
import bespoke.os.Spawned;
import bespoke.os.Spawner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A launch that is ready to be spawned.
///
/// @param request for posix_spawn(3)
/// @param program for explaining failures
/// @param isTrampolined whether something else runs before the program
/// @param opened descriptors that were opened for it
record PreparedLaunch(
    SpawnRequest request, ProgramCheck program, boolean isTrampolined, List<Descriptor> opened)
    implements AutoCloseable {

  PreparedLaunch {
    opened = List.copyOf(opened);
  }

  /// What the process should become, if something else runs before that.
  Optional<ProgramCheck> trampolined() {
    return isTrampolined ? Optional.of(program) : Optional.empty();
  }

  /// Makes the process. A file without `#!` is run by the shell, as execvp(3) does.
  Spawned spawn(Spawner spawner) {
    try {
      Spawned spawned = spawner.spawn(request);
      boolean isScript =
          spawned instanceof Spawned.Failed(Spawned.Step step, int errno)
              && step == Spawned.Step.SPAWN
              && errno == Errno.ENOEXEC
              && !isTrampolined;
      return isScript ? spawner.spawn(asScript()) : spawned;
    } catch (ResourceShortage _) {
      return new Spawned.Failed(Spawned.Step.SPAWN, Errno.ENOMEM);
    }
  }

  private SpawnRequest asScript() {
    String shell = Tools.shell().orElse("/bin/sh");
    List<String> arguments = new ArrayList<>(request.arguments());
    arguments.set(0, request.program());
    arguments.addFirst(shell);
    return new SpawnRequest(
        shell,
        arguments,
        request.environment(),
        request.directory(),
        request.descriptors(),
        request.nice(),
        request.noNewPrivileges(),
        request.cgroup());
  }

  /// Says why it could not be made.
  LaunchFailure explain(Spawned.Failed failed) {
    String reason = Errno.text(failed.errno());
    return switch (failed.step()) {
      case DESCRIPTORS ->
          new LaunchFailure(
              Errno.isShortage(failed.errno()) ? Kind.RESOURCES : Kind.INPUT_OUTPUT,
              "cannot pass a descriptor: " + reason);
      case NICE ->
          new LaunchFailure(
              Kind.CONTEXT, "cannot set nice " + request.nice().orElse(0) + ": " + reason);
      case NO_NEW_PRIVILEGES ->
          new LaunchFailure(Kind.CONTEXT, "cannot set no_new_privs: " + reason);
      case SPAWN -> {
        boolean isToolMissing =
            isTrampolined && failed.errno() == Errno.ENOENT && program.directoryProblem().isEmpty();
        yield isToolMissing
            ? new LaunchFailure(Kind.TOOL, "cannot execute " + request.program() + ": " + reason)
            : program.explain(failed.errno());
      }
    };
  }

  @Override
  public void close() {
    opened.forEach(Descriptor::close);
  }
}
