package bespoke.cli.shell;

import bespoke.cli.client.DaemonUnreachableException;
import java.util.List;

/// A family of subcommands.
interface Subcommands {

  /// Their synopses, each beginning with the name.
  List<String> synopses();

  /// Does one of them.
  ///
  /// @param words the name first
  /// @throws ShellException if it cannot be done
  void execute(List<String> words) throws ShellException, DaemonUnreachableException;

  /// What `svccfg` exits with after the last one of these went well.
  default int status() {
    return 0;
  }
}
