package bespoke.os;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// What a child would have from us without being asked, of `/proc/self/status` (proc(5)). A JVM
/// handles signals, or gives them their defaults, but ignores none that it was not started to
/// ignore; capabilities do not change.
///
/// @param ignored the signals that we ignore
/// @param inheritable capabilities (capabilities(7)), a bit each, as are the next
/// @param permitted capabilities
/// @param effective capabilities
/// @param bounding the bounding set
record InheritedState(
    List<Integer> ignored, long inheritable, long permitted, long effective, long bounding) {
  private static final int STATUS_BYTES_MAX = 1 << 16;

  static InheritedState read() {
    String status = Descriptor.readText(Path.of("/proc/self/status"), STATUS_BYTES_MAX);
    String text = status == null ? "" : status;
    long ignored = bits(text, "SigIgn:");
    return new InheritedState(
        IntStream.rangeClosed(1, Long.SIZE)
            .filter(signal -> (ignored >>> (signal - 1) & 1) != 0)
            .boxed()
            .toList(),
        bits(text, "CapInh:"),
        bits(text, "CapPrm:"),
        bits(text, "CapEff:"),
        bits(text, "CapBnd:"));
  }

  private static long bits(String status, String key) {
    int at = status.indexOf("\n" + key);
    if (at < 0) {
      return 0;
    }
    int from = at + 1 + key.length();
    int end = status.indexOf('\n', from);
    return Long.parseUnsignedLong(
        status.substring(from, end < 0 ? status.length() : end).strip(), 16);
  }
}
