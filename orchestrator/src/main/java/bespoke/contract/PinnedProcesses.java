package bespoke.contract;

import bespoke.os.Descriptor;
import bespoke.os.PidDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongPredicate;

/// Processes held by descriptors, so that a signal cannot reach a later process with the same pid,
/// nor miss one whose parents are gone because they got the signal first.
record PinnedProcesses(List<Descriptor> descriptors) implements AutoCloseable {

  /// Holds those processes that are still alive and still what was meant.
  ///
  /// @param isMeant asked once the process is held
  static PinnedProcesses of(Collection<Long> pids, LongPredicate isMeant) {
    List<Descriptor> descriptors = new ArrayList<>();
    for (long pid : pids) {
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
    return new PinnedProcesses(descriptors);
  }

  /// Sends a signal to all.
  ///
  /// @return how many got it
  int send(int signal) {
    int count = 0;
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
