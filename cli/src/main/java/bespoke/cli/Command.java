package bespoke.cli;

import bespoke.cli.client.DaemonUnreachableException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One command of the distribution.
interface Command {

  /// Its name.
  String name();

  /// Its model.
  ///
  /// @param subcommand the only subcommand to register, since registering costs start-up; null
  ///   registers all, as help and completion need
  CommandSpec model(@Nullable String subcommand);

  /// The names of its subcommands; empty when it has none.
  default List<String> subcommands() {
    return List.of();
  }

  /// The options before the subcommand that take a value.
  default String valueOptions() {
    return "";
  }

  /// Does it; returns the exit status.
  ///
  /// @throws UsageException if the arguments do not fit together
  int run(ParseResult arguments, Session session) throws DaemonUnreachableException;
}
