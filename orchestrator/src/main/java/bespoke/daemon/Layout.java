package bespoke.daemon;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Where everything lies under the root directory (DESIGN 8).
///
/// The directories that control anything are the owner's alone; `log` and `run` may be entered by
/// others, because everybody may read states and logs.
///
/// @param root absolute
public record Layout(Path root) {
  /// A UNIX socket's path may have this many bytes at most (unix(7)).
  private static final int SOCKET_PATH_LENGTH_MAX = 107;

  public Layout {
    root = root.toAbsolutePath().normalize();
  }

  /// The root when none is given: `/var/lib/bespoke` for root, else `$XDG_STATE_HOME/bespoke`.
  ///
  /// @param given of `--root` or `BESPOKE_ROOT`, or empty
  /// @param isRoot whether the effective uid is 0
  public static Layout of(String given, boolean isRoot, Environment environment) {
    if (!given.isEmpty()) {
      return new Layout(Path.of(given));
    }
    if (isRoot) {
      return new Layout(Path.of("/var/lib/bespoke"));
    }
    String state = environment.value("XDG_STATE_HOME");
    String home = environment.value("HOME");
    Path base = state.isEmpty() ? Path.of(home, ".local", "state") : Path.of(state);
    return new Layout(base.resolve("bespoke"));
  }

  /// What is asked of the process environment.
  @FunctionalInterface
  public interface Environment {
    /// The value of a variable, or empty.
    String value(String name);
  }

  /// The persistent store.
  public Path repository() {
    return root.resolve("repository");
  }

  /// Log files, of the instances and of the daemon.
  public Path log() {
    return root.resolve("log");
  }

  /// Sockets and volatile state.
  public Path run() {
    return root.resolve("run");
  }

  /// The plain table of `svcs`, when it is ready.
  public Path listing() {
    return run().resolve("listing");
  }

  /// What happened.
  public Path journal() {
    return root.resolve("journal");
  }

  /// Changes of many services.
  public Path changes() {
    return root.resolve("changes");
  }

  /// Volatile state.
  public Path volatileState() {
    return run().resolve("volatile");
  }

  /// The control socket.
  public Path socket() {
    return run().resolve("control.sock");
  }

  /// What an administrator configures.
  public Path etc() {
    return root.resolve("etc");
  }

  /// Who holds which authorisation.
  public Path authorizations() {
    return etc().resolve("authorizations.yaml");
  }

  /// The daemon's own log.
  public Path daemonLog() {
    return log().resolve("svc.startd.log");
  }

  /// Makes what is missing; what exists keeps its mode.
  ///
  /// @throws IOException if a directory cannot be made, or the socket's path would be too long
  public void prepare() throws IOException {
    if (socket().toString().length() > SOCKET_PATH_LENGTH_MAX) {
      throw new IOException(
          "the path of the socket, "
              + socket()
              + ", is longer than "
              + SOCKET_PATH_LENGTH_MAX
              + " characters; choose a shorter --root");
    }
    make(root, "rwxr-xr-x");
    make(repository(), "rwx------");
    make(changes(), "rwx------");
    make(etc(), "rwx------");
    make(log(), "rwxr-xr-x");
    make(run(), "rwxr-xr-x");
    make(volatileState(), "rwx------");
    make(listing(), "rwxr-xr-x");
  }

  private static void make(Path directory, String mode) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
    } catch (FileAlreadyExistsException another) {
      if (!Files.isDirectory(directory)) {
        throw another;
      }
    }
  }
}
