package bespoke.supervisor;

import bespoke.os.OwnProcess;
import bespoke.supervisor.config.Account;
import bespoke.supervisor.config.Configuration;
import bespoke.supervisor.config.ServerConfig;

/// What the server's process itself needs before it does anything: its limits, its user, its umask.
final class ServerProcess {
  /// Descriptors of the server itself and its clients.
  private static final int FILES_BASE = 300;

  /// Three pipes, our ends of them while the process has them, two logs and two of the contract,
  /// for each process.
  private static final int FILES_PER_PROCESS = 10;

  private ServerProcess() {}

  /// @throws CannotStartException if the configuration asks for more than may be had
  static void prepare(Configuration configuration) throws CannotStartException {
    ServerConfig server = configuration.server();
    raise(OwnProcess.LIMIT_FILES, server.minfds(), "minfds");
    raise(OwnProcess.LIMIT_PROCESSES, server.minprocs(), "minprocs");
    int processes =
        configuration.groups().stream().mapToInt(group -> group.processes().size()).sum();
    // wanted, not needed: where it cannot be had, the programs that lack descriptors say so
    int _ =
        OwnProcess.raiseLimit(
            OwnProcess.LIMIT_FILES, FILES_BASE + (long) FILES_PER_PROCESS * processes);
    Account user = server.user();
    int ours = OwnProcess.effectiveUid();
    if (user != null && user.uid() != ours) {
      int answer = ours == 0 ? OwnProcess.becomeUser(user.name(), user.uid(), user.gid()) : -1;
      if (answer != 0) {
        throw new CannotStartException("Can't drop privilege as nonroot user");
      }
    }
    var _ = OwnProcess.umask(server.umask());
  }

  private static void raise(int resource, int least, String option) throws CannotStartException {
    if (OwnProcess.raiseLimit(resource, least) != 0) {
      throw new CannotStartException(
          "cannot raise the limit that "
              + option
              + " asks for to "
              + least
              + ": it is "
              + OwnProcess.softLimit(resource)
              + "; lower "
              + option
              + " or start as root");
    }
  }
}
