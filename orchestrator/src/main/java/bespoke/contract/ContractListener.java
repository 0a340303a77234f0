package bespoke.contract;

/// What happens in contracts. Called from the thread that noticed, one call at a time; must return
/// at once (put it into a queue) and must not call [Contracts].
public interface ContractListener {

  /// A launched process runs (or is about to: see [Launched.Started]).
  ///
  /// @param run [Launch#run] of the launch
  void processStarted(long contract, long run, KnownProcess process);

  /// A process of a contract is gone and has been reaped. Told of every process that was launched
  /// or adopted, and of every orphan of a contract that became our child.
  void processExited(ProcessExit exit);

  /// No process is left in a contract. Told each time the last one goes, and once for each
  /// [Contracts#kill] and [Contracts#awaitEmpty]; never before the exits of processes that were
  /// launched or adopted. The exit of an orphan may be told just after it: the kernel counts a
  /// dying process out before its parent can see it.
  void contractEmptied(long contract);
}
