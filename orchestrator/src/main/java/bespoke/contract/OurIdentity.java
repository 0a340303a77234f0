package bespoke.contract;

import bespoke.os.Descriptor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// As whom we run ourselves, and with which umask, from `/proc/self/status`; it does not change
/// once contracts are open.
final class OurIdentity {
  private static final int STATUS_BYTES_MAX = 1 << 16;
  private static final String STATUS = read();
  private static final Identity IDENTITY =
      new Identity(
          numbers("Uid:").get(1),
          numbers("Gid:").get(1),
          numbers("Groups:").stream().sorted().toList());
  private static final int UMASK =
      STATUS
          .lines()
          .filter(line -> line.startsWith("Umask:"))
          .mapToInt(line -> Integer.parseInt(line.substring("Umask:".length()).strip(), 8))
          .findFirst()
          .orElse(-1);

  private OurIdentity() {}

  static long uid() {
    return IDENTITY.uid();
  }

  static Identity identity() {
    return IDENTITY;
  }

  /// The umask that a process has from us when nothing sets another; -1 when it is not known
  /// (before Linux 4.7).
  static int umask() {
    return UMASK;
  }

  private static String read() {
    String status = Descriptor.readText(Path.of("/proc/self/status"), STATUS_BYTES_MAX);
    if (status == null) {
      throw new IllegalStateException("cannot read /proc/self/status: mount /proc");
    }
    return status;
  }

  private static List<Long> numbers(String key) {
    String line = STATUS.lines().filter(text -> text.startsWith(key)).findFirst().orElseThrow();
    return Arrays.stream(line.substring(key.length()).strip().split("\\s+"))
        .filter(word -> !word.isEmpty())
        .map(Long::valueOf)
        .toList();
  }
}
