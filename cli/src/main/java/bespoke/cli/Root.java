package bespoke.cli;

import bespoke.api.Wire;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The directory that everything of one daemon lives under: `--root DIR`, else `BESPOKE_ROOT`, else
/// `/var/lib/bespoke` for root and `~/.local/state/bespoke` for others.
///
/// @param directory absolute
/// @param isDefault whether nobody named it
record Root(Path directory, boolean isDefault) {

  /// Finds `--root` in the arguments before anything else is read, since the connection is opened
  /// first of all.
  static Root of(List<String> arguments, Map<String, String> environment, String user) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("--root=")) {
        return named(argument.substring("--root=".length()));
      }
      if (argument.equals("--root") && i + 1 < arguments.size()) {
        return named(arguments.get(i + 1));
      }
      if (argument.equals("--")) {
        break;
      }
    }
    String variable = environment.getOrDefault("BESPOKE_ROOT", "");
    return variable.isEmpty() ? usual(environment, user) : named(variable);
  }

  private static Root named(String directory) {
    return new Root(Path.of(directory).toAbsolutePath().normalize(), false);
  }

  private static Root usual(Map<String, String> environment, String user) {
    if (user.equals("root")) {
      return new Root(Path.of("/var/lib/bespoke"), true);
    }
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        state.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/"), ".local", "state")
            : Path.of(state);
    return new Root(base.resolve("bespoke"), true);
  }

  /// The control socket.
  Path socket() {
    return directory.resolve(Wire.SOCKET);
  }

  /// What to type to start the daemon of this root.
  String startCommand() {
    return isDefault ? "svc.startd" : "svc.startd --root " + directory;
  }
}
