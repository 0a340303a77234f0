package bespoke.cli.client;

import java.nio.file.Path;

/// The daemon cannot be talked to: it does not run, may not be talked to, or went away.
public final class DaemonUnreachableException extends Exception {

  private static final long serialVersionUID = 1;

  /// What went wrong with the socket at the path.
  public DaemonUnreachableException(Path socket, String why) {
    super("cannot reach svc.startd at " + socket + ": " + why);
  }
}
