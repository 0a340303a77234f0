package bespoke.contract;

import bespoke.os.Descriptor;
import bespoke.os.PidDescriptor;
import bespoke.os.Poller;
import bespoke.os.Processes;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// The processes that an earlier daemon started and this one watches: by pid descriptor, since they
/// are nobody's children of ours. Guarded by the lock of [LiveContracts].
final class AdoptedProcesses {
  private final Poller poller;
  private final ContractListener listener;
  private final Consumer<Runnable> locked;
  private final BiConsumer<LiveContract, KnownProcess> ourChildren;
  private final LongConsumer settle;

  /// @param locked runs something under the lock
  /// @param ourChildren takes those that are our children all the same
  /// @param settle tells that a contract is empty, if it is
  AdoptedProcesses(
      Poller poller,
      ContractListener listener,
      Consumer<Runnable> locked,
      BiConsumer<LiveContract, KnownProcess> ourChildren,
      LongConsumer settle) {
    this.poller = poller;
    this.listener = listener;
    this.locked = locked;
    this.ourChildren = ourChildren;
    this.settle = settle;
  }

  /// Watches a process that lives; of one that does not, or whose pid is another's by now, the end
  /// is told.
  void adopt(LiveContract live, KnownProcess process) {
    int number = PidDescriptor.open(process.pid());
    Optional<Processes.Stat> stat = Processes.stat(process.pid());
    boolean isSame =
        number >= 0 && stat.isPresent() && stat.get().startTime() == process.startTime();
    if (isSame && stat.get().parent() == Processes.self()) {
      new Descriptor(number).close();
      ourChildren.accept(live, process);
    } else if (isSame) {
      Poller.Registration registration =
          poller.watch(number, Poller.READABLE, _ -> locked.accept(() -> ended(live, process)));
      live.adopted.put(process, new LiveContract.Watch(registration, new Descriptor(number)));
    } else {
      if (number >= 0) {
        new Descriptor(number).close();
      }
      listener.processExited(ProcessExit.ofAdopted(live.id, process, OptionalInt.empty()));
    }
  }

  private void ended(LiveContract live, KnownProcess process) {
    LiveContract.Watch watch = live.adopted.remove(process);
    if (watch == null) {
      return;
    }
    OptionalInt status = PidDescriptor.exitStatus(watch.descriptor().number());
    watch.end();
    listener.processExited(ProcessExit.ofAdopted(live.id, process, status));
    settle.accept(live.id);
  }

  /// Watches none of a contract any more.
  static void unwatch(LiveContract live) {
    live.adopted.values().forEach(LiveContract.Watch::end);
    live.adopted.clear();
  }
}
