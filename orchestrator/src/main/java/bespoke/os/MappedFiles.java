package bespoke.os;

import java.nio.file.Path;

/// The libraries, the class data archive and the modules of the JDK, which a JVM maps and never
/// unmaps.
///
/// A start reads nearly all of them, a daemon at rest little. What nobody wrote to is in the page
/// cache anyway, so this process need not hold on to it: it counts as memory of the process, and
/// against a limit of its cgroup, until it does not.
public final class MappedFiles {
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final int MAPPINGS_BYTES_MAX = 1 << 22;
  private static final int NOT_NEEDED = 4; // MADV_DONTNEED
  private static final int SMALL_PAGES = 15; // MADV_NOHUGEPAGE
  private static final int HEX = 16;

  private MappedFiles() {}

  /// Gives back the pages of such files that can only be read and are as in the file; they come
  /// again, from the page cache, when they are looked at: madvise(2), proc_pid_smaps(5).
  ///
  /// Takes about two milliseconds. Memory that can be written to is never touched.
  ///
  /// @return how many bytes of address space were given back; 0 where `/proc` does not tell
  public static long giveBack() {
    String mappings = Descriptor.readText(MAPPINGS, MAPPINGS_BYTES_MAX);
    if (mappings == null) {
      return 0;
    }
    NativeFunction advise = NativeFunction.named("madvise");
    long given = 0;
    String header = "";
    for (String line : mappings.split("\n")) {
      if (isHeader(line)) {
        header = line;
      } else if (line.startsWith("Anonymous:") && line.endsWith(" 0 kB") && isPermanent(header)) {
        // a page that relocation wrote to before it was protected is anonymous
        int dash = header.indexOf('-');
        long start = Long.parseUnsignedLong(header, 0, dash, HEX);
        long end = Long.parseUnsignedLong(header, dash + 1, header.indexOf(' '), HEX);
        advise.call(start, end - start, SMALL_PAGES); // else one look brings two megabytes back
        if (advise.call(start, end - start, NOT_NEEDED) == 0) {
          given += end - start;
        }
      }
    }
    return given;
  }

  /// Such as `7f00-7f10 r-xp 00000000 08:01 42 /usr/lib/libc.so.6`, before lines as `Rss: 4 kB`.
  private static boolean isHeader(String line) {
    return !line.isEmpty() && Character.digit(line.charAt(0), HEX) >= 0 && line.indexOf('-') > 0;
  }

  /// Only what is certain to stay mapped: between the reading and the advice, another thread could
  /// map something else at the place of a mapping that goes.
  private static boolean isPermanent(String header) {
    int rights = header.indexOf(' ') + 1;
    return header.charAt(rights) == 'r'
        && header.charAt(rights + 1) == '-'
        && (header.endsWith(".jsa") || header.endsWith("/lib/modules") || header.contains(".so"));
  }
}
