package bespoke.restarter;

import bespoke.contract.Launch;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Method;
import bespoke.model.MethodKind;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Methods for a delegated restarter (smf_restarter(7)): the same command, context, environment and
/// log file as the master restarter would give them. The caller launches what it gets.
///
/// May be used from any thread.
public final class DelegatedMethods {
  private final Configuration configuration;
  private final InstanceLogs logs;
  private final MethodPreparation preparation;

  /// @param environment `NAME=value` entries that every method gets, such as `BESPOKE_ROOT`
  /// @param restarter who runs the methods
  /// @param clock for the lines in the logs
  public DelegatedMethods(
      Path root,
      List<String> environment,
      Configuration configuration,
      InstanceFmri restarter,
      Clock clock) {
    RestarterSettings settings = RestarterSettings.under(root, environment);
    this.configuration = configuration;
    // the restarter has a log as an instance, which its standard error goes to
    this.logs = new InstanceLogs(settings, clock, new DaemonLog(settings, clock, System.err));
    this.preparation =
        new MethodPreparation(configuration, logs, environment, Homes::of, restarter);
  }

  /// What became of a method's description.
  public sealed interface Prepared {
    /// It can be launched.
    ///
    /// @param launch with its output in the instance's log
    record Ready(Launch launch) implements Prepared {}

    /// It cannot be run, and trying again does not help.
    ///
    /// @param reason a sentence, already in the instance's log
    record Refused(String reason) implements Prepared {}
  }

  /// Makes the launch of an instance's method.
  ///
  /// @param run the caller's number for this run
  /// @param around words before the command, such as a shell that sets a variable and executes what
  ///   follows; none usually
  /// @param more variables that win over those of the context
  public Prepared prepare(
      InstanceFmri instance,
      MethodKind kind,
      long run,
      List<String> around,
      Map<String, String> more) {
    try {
      InstanceDefinition definition =
          configuration
              .definition(instance)
              .orElseThrow(() -> new MethodNotRunException("it has no definition any more", false));
      Method method =
          definition
              .method(kind)
              .orElseThrow(() -> new MethodNotRunException("it has no " + kind + " method", false));
      String command = preparation.command(instance, kind, method, OptionalLong.empty());
      MethodPreparation.requireProgram(command);
      List<String> arguments = new ArrayList<>(around);
      arguments.addAll(CommandLine.arguments(command));
      log(instance, "Executing " + kind + " method (\"" + command + "\").");
      return new Prepared.Ready(
          preparation
              .launch(
                  run,
                  instance,
                  kind,
                  method.context(),
                  arguments,
                  preparation.directory(method.context()),
                  more)
              .launch());
    } catch (MethodNotRunException e) {
      e.messages().forEach(message -> log(instance, message));
      return new Prepared.Refused(e.messages().getLast());
    }
  }

  /// Writes a restarter's line into an instance's log.
  public void log(InstanceFmri instance, String message) {
    logs.write(instance, message);
  }

  /// Rotates the logs that have become too large.
  public void rotateLogs() {
    logs.rotate();
  }
}
