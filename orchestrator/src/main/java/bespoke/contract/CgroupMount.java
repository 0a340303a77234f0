package bespoke.contract;

import bespoke.os.Descriptor;
import bespoke.os.Processes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A mounted cgroup2 file system (cgroups(7)).
///
/// @param mountPoint where it is
/// @param root which cgroup is seen there, as `/proc/PID/cgroup` counts
record CgroupMount(Path mountPoint, String root) {
  private static final int MOUNTS_BYTES_MAX = 1 << 22;

  /// Every one that is mounted for writing, in the order of `/proc/self/mountinfo`.
  static List<CgroupMount> writable() {
    String text = Descriptor.readText(Path.of("/proc/self/mountinfo"), MOUNTS_BYTES_MAX);
    return text == null ? List.of() : text.lines().flatMap(line -> parse(line).stream()).toList();
  }

  /// Reads a line of mountinfo (proc_pid_mountinfo(5)).
  static Optional<CgroupMount> parse(String line) {
    List<String> fields = Arrays.asList(line.split(" "));
    int separator = fields.indexOf("-");
    if (separator < 6 || fields.size() < separator + 4) {
      return Optional.empty();
    }
    boolean isWritable = isOption(fields.get(5), "rw") && isOption(fields.get(separator + 3), "rw");
    return fields.get(separator + 1).equals("cgroup2") && isWritable
        ? Optional.of(new CgroupMount(Path.of(unescape(fields.get(4))), unescape(fields.get(3))))
        : Optional.empty();
  }

  private static boolean isOption(String options, String wanted) {
    return Arrays.asList(options.split(",")).contains(wanted);
  }

  /// Blanks and the like are written in octal.
  private static String unescape(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\' && i + 3 < field.length()) {
        text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        text.append(field.charAt(i));
      }
    }
    return text.toString();
  }

  /// The directory of a cgroup, if it can be seen here.
  Optional<Path> directoryOf(String cgroup) {
    if (root.equals("/")) {
      return Optional.of(mountPoint.resolve(cgroup.substring(1)).normalize());
    }
    return cgroup.equals(root) || cgroup.startsWith(root + "/")
        ? Optional.of(mountPoint.resolve(cgroup.substring(root.length()).replaceFirst("^/", "")))
        : Optional.empty();
  }

  /// The name that `/proc/PID/cgroup` has for a directory here.
  String cgroupOf(Path directory) {
    String below = mountPoint.relativize(directory).toString();
    return root.equals("/") ? "/" + below : root + "/" + below;
  }

  /// Directories that a sub-tree of ours may be made in, best first: our own cgroup when we are in
  /// a contract ourselves, so that what we start stays in it; else the top, else our own.
  List<Path> places() {
    Optional<String> own = Processes.cgroup(Processes.self());
    Optional<Path> ownDirectory = own.flatMap(this::directoryOf);
    List<Path> places = new ArrayList<>();
    if (own.filter(name -> name.contains("/" + CgroupTree.PREFIX)).isPresent()) {
      ownDirectory.ifPresent(places::add);
    }
    places.add(mountPoint);
    ownDirectory.ifPresent(places::add);
    return places.stream().distinct().toList();
  }
}
