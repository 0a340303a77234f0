package bespoke.contract;

import bespoke.os.Descriptor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// As whom we run ourselves, from `/proc/self/status`; it does not change while we run.
final class OurIdentity {
  private static final int STATUS_BYTES_MAX = 1 << 16;
  private static final Identity IDENTITY = read();

  private OurIdentity() {}

  static long uid() {
    return IDENTITY.uid();
  }

  static Identity identity() {
    return IDENTITY;
  }

  private static Identity read() {
    String status = Descriptor.readText(Path.of("/proc/self/status"), STATUS_BYTES_MAX);
    if (status == null) {
      throw new IllegalStateException("cannot read /proc/self/status: mount /proc");
    }
    return new Identity(
        numbers(status, "Uid:").get(1),
        numbers(status, "Gid:").get(1),
        numbers(status, "Groups:").stream().sorted().toList());
  }

  private static List<Long> numbers(String status, String key) {
    String line = status.lines().filter(text -> text.startsWith(key)).findFirst().orElseThrow();
    return Arrays.stream(line.substring(key.length()).strip().split("\\s+"))
        .filter(word -> !word.isEmpty())
        .map(Long::valueOf)
        .toList();
  }
}
