package bespoke.restarter;

import bespoke.contract.Launch;
import bespoke.model.InstanceFmri;
import bespoke.model.Method;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Makes the launch of a method out of its description (smf_method(7)): the method string expanded,
/// the context found, the environment built and the log made ready.
final class MethodPreparation {

  private final Tokens tokens;
  private final InstanceLogs logs;
  private final List<String> environment;
  private final Function<String, Optional<Path>> homes;
  private final InstanceFmri restarter;

  /// @param environment `NAME=value` entries that every method gets
  /// @param homes the home of a user; empty when there is no such user
  /// @param restarter who runs the methods
  MethodPreparation(
      Configuration configuration,
      InstanceLogs logs,
      List<String> environment,
      Function<String, Optional<Path>> homes,
      InstanceFmri restarter) {
    this.tokens = new Tokens(configuration);
    this.logs = logs;
    this.environment = List.copyOf(environment);
    this.homes = homes;
    this.restarter = restarter;
  }

  /// A launch, and why its output cannot go to the log, if so.
  record Prepared(Launch launch, Optional<String> unwritableLog) {}

  /// The command of a method string.
  ///
  /// @param contract what `%{restarter/contract}` is
  String command(InstanceFmri instance, MethodKind kind, Method method, OptionalLong contract)
      throws MethodNotRunException {
    Expansion expansion =
        tokens.expand(method.exec().orElse(""), instance, kind.toString(), Quoting.SHELL, contract);
    return switch (expansion) {
      case Expansion.Expanded(String text) -> text.strip();
      case Expansion.Refused(String reason) ->
          throw new MethodNotRunException(
              "Could not expand the method tokens of " + kind + "/exec: " + reason + ".", false);
    };
  }

  /// Refuses a command whose program is named by its path and is not there.
  static void requireProgram(String command) throws MethodNotRunException {
    String program = CommandLine.words(command).map(List::getFirst).orElse(firstWord(command));
    if (program.startsWith("/") && !Files.exists(Path.of(program))) {
      throw new MethodNotRunException(
          "Missing start method (" + program + "), changing state to maintenance.", false);
    }
  }

  private static String firstWord(String command) {
    int end = 0;
    while (end < command.length() && !Character.isWhitespace(command.charAt(end))) {
      end++;
    }
    return command.substring(0, end);
  }

  /// The working directory of a context.
  Path directory(MethodContext context) throws MethodNotRunException {
    WorkingDirectory directory = WorkingDirectory.of(context, homes);
    return directory
        .path()
        .orElseThrow(() -> new MethodNotRunException(directory.problem(), false));
  }

  /// The launch.
  ///
  /// @param arguments the command in words
  /// @param more variables of the environment that win over all others
  Prepared launch(
      long run,
      InstanceFmri instance,
      MethodKind kind,
      MethodContext context,
      List<String> arguments,
      Path directory,
      Map<String, String> more)
      throws MethodNotRunException {
    List<String> ofContext = EnvironmentFiles.variables(context);
    Environment variables =
        Environment.of(instance, kind.toString(), restarter, environment, ofContext);
    variables.complaints().forEach(line -> logs.write(instance, line));
    Entrance entrance = Entrance.of(directory, arguments, context);
    Launch launch =
        MethodLaunch.of(
            run, entrance.command(), variables.entries(more), entrance.directory(), context);
    Optional<String> unwritable = logs.prepare(instance);
    return new Prepared(
        MethodLaunch.logged(launch, logs.path(instance), unwritable.isEmpty()), unwritable);
  }
}
