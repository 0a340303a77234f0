package bespoke.contract;

/// The answer to [Contracts#launch].
public sealed interface Launched {

  /// A process exists. It may still turn out that the program cannot be executed: then its
  /// [ProcessExit] says so.
  record Started(KnownProcess process) implements Launched {}

  /// Nothing was started.
  record Failed(LaunchFailure failure) implements Launched {}
}
