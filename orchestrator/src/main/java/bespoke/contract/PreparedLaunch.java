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
/// @param request for the spawner
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
              && (step == Spawned.Step.SPAWN || step == Spawned.Step.EXECUTE)
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
    return request.withProgram(shell, arguments);
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
      case BIRTH ->
          new LaunchFailure(
              Errno.isShortage(failed.errno()) ? Kind.RESOURCES : Kind.CONTEXT,
              "cannot make a process: " + reason);
      case CGROUP ->
          Errno.isShortage(failed.errno())
              ? new LaunchFailure(Kind.RESOURCES, "cannot make a process: " + reason)
              : new LaunchFailure(Kind.CONTRACT, "cannot enter the contract: " + reason);
      case DIRECTORY ->
          program
              .directoryProblem()
              .orElseGet(() ->
                  new LaunchFailure(
                      Kind.DIRECTORY,
                      "cannot enter the working directory %s: %s"
                          .formatted(program.directory(), reason)));
      case LIMIT ->
          new LaunchFailure(
              Kind.CONTEXT,
              failed.errno() == Errno.EPERM
                  ? "cannot set a limit: it exceeds what we may set"
                  : "cannot set a limit: " + reason);
      case OOM_SCORE ->
          new LaunchFailure(
              Kind.CONTEXT,
              failed.errno() == Errno.EACCES
                  ? "cannot set the oom score: not permitted"
                  : "cannot set the oom score: " + reason);
      case IDENTITY -> new LaunchFailure(Kind.CONTEXT, "cannot set user or groups: " + reason);
      case CAPABILITIES -> new LaunchFailure(Kind.CONTEXT, "cannot set capabilities: " + reason);
      case EXECUTE, SPAWN -> {
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
