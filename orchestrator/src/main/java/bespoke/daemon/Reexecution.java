package bespoke.daemon;

import bespoke.os.Errno;
import bespoke.os.ProgramReplacement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The daemon that takes the place of this one in the same process: the upgrade path, and what
/// `svcadm restart svc:/system/svc/restarter:default` does.
///
/// Nothing is handed over but the process itself: the next daemon adopts the contracts exactly as
/// it would after a `kill -9`, and it finds its children's exits, since they are still its
/// children.
///
/// @param program the file to execute
/// @param arguments with its name first
record Reexecution(Path program, List<String> arguments) {

  /// The launcher of the distribution that this daemon was started from, which may be a newer one
  /// by now; without a launcher, the command line of this process.
  ///
  /// @param home of the distribution, or empty
  /// @param arguments of the daemon
  /// @throws IOException if there is nothing that can be executed
  static Reexecution of(String home, List<String> arguments) throws IOException {
    if (home.isEmpty()) {
      return ofThisProcess();
    }
    Path launcher = Path.of(home, "bin", "svc.startd");
    if (!Files.isExecutable(launcher)) {
      throw new IOException(
          launcher + " cannot be executed; install the new version there, or repair the old one");
    }
    List<String> all = new ArrayList<>();
    all.add(launcher.toString());
    all.addAll(arguments);
    return new Reexecution(launcher, all);
  }

  private static Reexecution ofThisProcess() throws IOException {
    String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
    Path program = Path.of("/proc/self/exe").toRealPath();
    List<String> arguments = List.of(line.substring(0, line.length() - 1).split("\0", -1));
    return new Reexecution(program, arguments);
  }

  /// Becomes the next daemon.
  ///
  /// @throws IOException if it cannot
  void execute() throws IOException {
    int errno = ProgramReplacement.execute(program.toString(), arguments);
    throw new IOException("cannot execute " + program + ": " + Errno.text(errno));
  }
}
