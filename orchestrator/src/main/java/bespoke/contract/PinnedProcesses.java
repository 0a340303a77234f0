package bespoke.contract;

import bespoke.os.Descriptor;
import bespoke.os.PidDescriptor;
import bespoke.os.Signals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongPredicate;

/// Processes held by descriptors, so that a signal cannot reach a later process with the same pid,
/// nor miss one whose parents are gone because they got the signal first. Children of ours need
/// none, as long as nobody reaps them.
///
/// @param children of ours
/// @param descriptors of the others
record PinnedProcesses(List<Long> children, List<Descriptor> descriptors) implements AutoCloseable {

  /// Holds those processes that are still alive and still what was meant.
  ///
  /// @param isChild whether it is a child of ours, which nobody reaps until this is closed
  /// @param isMeant asked of another once it is held
  static PinnedProcesses of(Collection<Long> pids, LongPredicate isChild, LongPredicate isMeant) {
    List<Long> children = new ArrayList<>();
    List<Descriptor> descriptors = new ArrayList<>();
    for (long pid : pids) {
      if (isChild.test(pid)) {
        children.add(pid);
        continue;
      }
      int number = PidDescriptor.open(pid);
      if (number >= 0) {
        Descriptor descriptor = new Descriptor(number);
        if (isMeant.test(pid)) {
          descriptors.add(descriptor);
        } else {
          descriptor.close();
        }
      }
    }
    return new PinnedProcesses(children, descriptors);
  }

  /// Sends a signal to all.
  ///
  /// @return how many got it
  int send(int signal) {
    int count = 0;
    for (long child : children) {
      if (Signals.send(child, signal) == 0) {
        count++;
      }
    }
    for (Descriptor descriptor : descriptors) {
      if (PidDescriptor.send(descriptor.number(), signal) == 0) {
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() {
    descriptors.forEach(Descriptor::close);
  }
}
