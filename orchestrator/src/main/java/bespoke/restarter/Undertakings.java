package bespoke.restarter;

import bespoke.model.InstanceFmri;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What is under way: the contracts in use and the runs of methods that have not ended.
final class Undertakings {

  private final Map<Long, ContractUse> contracts = new ConcurrentHashMap<>();
  private final Map<Long, ActiveRun> runs = new ConcurrentHashMap<>();

  /// The use of a contract; noted if it is new.
  ///
  /// @param primary the instance's own contract
  ContractUse use(InstanceFmri instance, long contract, long primary) {
    return contracts.computeIfAbsent(contract, _ -> new ContractUse(instance, primary));
  }

  /// The use of a contract, or null.
  @Nullable ContractUse contract(long contract) {
    return contracts.get(contract);
  }

  /// The contract is of no interest any more, nor is what runs in it.
  ///
  /// @return the run that had not ended, if any
  Optional<ActiveRun> forgetContract(long contract) {
    ContractUse use = contracts.remove(contract);
    return use == null ? Optional.empty() : end(use.run());
  }

  /// A method is about to run.
  ///
  /// @param primary the instance's own contract
  void begin(ActiveRun run, long primary) {
    use(run.instance(), run.contract(), primary).runs(run.run());
    runs.put(run.run(), run);
  }

  /// The run that ended, which is forgotten; empty when it is none of ours or has ended before.
  Optional<ActiveRun> end(long run) {
    return Optional.ofNullable(runs.remove(run));
  }

  /// The run, if it has not ended.
  Optional<ActiveRun> run(long run) {
    return Optional.ofNullable(runs.get(run));
  }
}
