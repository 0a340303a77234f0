package bespoke.os;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;

/// Makes a child that says which cgroup it is in and ends: kernels, seccomp filters and emulations
/// refuse clone3(2) in different ways, or do something else.
final class BirthTrial {
  private static final int TEXT_WORDS = 512;
  private static final int CALLS = 8;
  private static final int BYTES = 64;

  private BirthTrial() {}

  /// @param cgroup the directory of the cgroup that it must be in, or empty for ours
  static boolean succeeds(CallRoutine routine, Optional<Path> cgroup) {
    if (cgroup.isEmpty()) {
      return run(routine, BirthCalls.cloneArguments(-1)).isPresent();
    }
    int number = Descriptor.open(cgroup.get(), Descriptor.DIRECTORY, 0);
    if (number < 0) {
      return false;
    }
    try (Descriptor _ = new Descriptor(number)) {
      Path directory = cgroup.get();
      String end = "/" + directory.subpath(directory.getNameCount() - 2, directory.getNameCount());
      return run(routine, BirthCalls.cloneArguments(number))
          .filter(
              text -> text.lines().anyMatch(line -> line.startsWith("0::") && line.endsWith(end)))
          .isPresent();
    }
  }

  /// @return `/proc/PID/cgroup` of the child
  private static Optional<String> run(CallRoutine routine, long[] cloneArguments) {
    try (Arena arena = Arena.ofConfined()) {
      CallList list = new CallList(arena, CALLS, cloneArguments.length + TEXT_WORDS, BYTES);
      long size = (long) cloneArguments.length * Long.BYTES;
      int birth = list.add(BirthCalls.Call.CLONE, list.words(cloneArguments), size);
      list.add(CallList.END, 0);
      long text = list.words(new long[TEXT_WORDS]);
      int open = list.add(BirthCalls.Call.OPEN, list.text("/proc/self/cgroup"), 0);
      int read = list.add(BirthCalls.Call.READ, 0, text, (TEXT_WORDS - 1) * Long.BYTES);
      list.add(BirthCalls.Call.CLOSE_RANGE, 3, BirthCalls.ALL_DESCRIPTORS, 0);
      int exit = list.add(BirthCalls.Call.EXIT, 0);
      list.pass(open, read, 1);
      list.afterZero(birth, open);
      for (int record = open; record < exit; record++) {
        list.afterError(record, exit);
      }
      int failed = list.run(routine);
      boolean isEnded = failed != birth && Children.await((int) list.result()).isPresent();
      return isEnded && failed < 0 ? Optional.of(list.textAt(text)) : Optional.empty();
    }
  }
}
