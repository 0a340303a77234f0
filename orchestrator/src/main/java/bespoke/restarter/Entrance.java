package bespoke.restarter;

import bespoke.model.MethodContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/// Enters a working directory as the user of the method (smf.md 6.3: last of all).
///
/// A process is born in its directory before it changes its user. That makes no difference when
/// everybody may enter; otherwise a shell enters it as the user and then becomes the command.
///
/// @param directory where the process is born
/// @param command what it executes
record Entrance(Path directory, List<String> command) {

  /// 96 is SMF_EXIT_ERR_CONFIG: trying again does not help.
  private static final String ENTER =
      "cd \"$0\" 2>/dev/null || { echo \"chdir: Permission denied (\\\"$0\\\")\"; exit 96; };"
          + " exec \"$@\"";

  Entrance {
    command = List.copyOf(command);
  }

  /// How to get a command into its directory.
  static Entrance of(Path directory, List<String> command, MethodContext context) {
    if (context.user().isEmpty() || isOpenToAll(directory) || !Files.isDirectory(directory)) {
      return new Entrance(directory, command);
    }
    List<String> entering = new ArrayList<>(List.of(CommandLine.SHELL, "-c", ENTER));
    entering.add(directory.toString());
    entering.addAll(command);
    return new Entrance(Path.of("/"), entering);
  }

  private static boolean isOpenToAll(Path directory) {
    try {
      for (Path step = directory.toRealPath(); step != null; step = step.getParent()) {
        if (!Files.getPosixFilePermissions(step).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
