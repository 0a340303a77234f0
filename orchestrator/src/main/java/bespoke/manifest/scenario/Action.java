package bespoke.manifest.scenario;

/// What happens in a step.
public sealed interface Action {

  /// Everything that is enabled starts.
  record Boot() implements Action {}

  /// Nothing happens; time passes.
  record Wait() implements Action {}

  /// All processes of services die at once, as by `kill -9`.
  record Fails(Operand services) implements Action {}

  /// From now on a method of services ends like this.
  ///
  /// @param method `start`, `stop`, `refresh` or `monitor`
  /// @param exits its exit status; for the monitor method 0 is a good answer
  /// @param timesOut it never ends by itself
  /// @param times for so many runs, 0 for all that follow
  record Method(Operand services, String method, int exits, boolean timesOut, int times)
      implements Action {}

  /// A file appears, vanishes or changes.
  ///
  /// @param change `appears`, `vanishes` or `changes`
  record File(String path, String change) implements Action {}

  /// What an administrator does.
  ///
  /// @param verb `enable`, `disable`, `restart`, `refresh` or `clear`
  record Administer(String verb, Operand services) implements Action {}

  /// `svcadm milestone`.
  ///
  /// @param milestone an instance, `all` or `none`
  record Milestone(Operand milestone) implements Action {}
}
