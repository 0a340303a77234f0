package bespoke.contract;

import bespoke.os.Descriptor;
import bespoke.os.Links;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The sub-tree of one root directory, and the directories in it: one a contract, named by its
/// number and, after a dot, a label for people.
///
/// @param directory its top
/// @param cgroup its name in `/proc/PID/cgroup`
/// @param way how a process gets into a cgroup of it
record CgroupTree(Path directory, String cgroup, CgroupTrial.Way way) {
  static final String PREFIX = "bespoke-";
  private static final int LABEL_CHARS_MAX = 100;
  private static final int HASH_CHARS = 10;

  /// Finds or makes the sub-tree of a root directory, where we can make one and join it.
  ///
  /// @param mayBeDirect whether processes may be made by a [bespoke.os.DirectSpawner]
  static Optional<CgroupTree> open(Path rootDirectory, boolean mayBeDirect) {
    String name = nameOf(rootDirectory);
    for (CgroupMount mount : CgroupMount.writable()) {
      for (Path place : mount.places()) {
        Path directory = place.resolve(name);
        Optional<CgroupTrial.Way> way = CgroupTrial.of(directory, mayBeDirect);
        if (way.isPresent()) {
          AbandonedTrees.sign(directory, rootDirectory);
          AbandonedTrees.remove(place, directory);
          return Optional.of(new CgroupTree(directory, mount.cgroupOf(directory), way.get()));
        }
      }
    }
    return Optional.empty();
  }

  /// A name that no other root directory has.
  static String nameOf(Path rootDirectory) {
    Path absolute = rootDirectory.toAbsolutePath().normalize();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(absolute.toString().getBytes(StandardCharsets.UTF_8));
      return PREFIX + HexFormat.of().formatHex(hash).substring(0, HASH_CHARS);
    } catch (NoSuchAlgorithmException problem) {
      throw new IllegalStateException(problem);
    }
  }

  /// The directory that a contract gets.
  Path directoryFor(long contract, String label) {
    StringBuilder name = new StringBuilder().append(contract);
    for (int i = 0; i < Math.min(LABEL_CHARS_MAX, label.length()); i++) {
      char c = label.charAt(i);
      boolean isLetter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      boolean isPlain = isLetter || c >= '0' && c <= '9' || "_:@-".indexOf(c) >= 0;
      name.append(i == 0 ? "." : "").append(isPlain ? c : '-');
    }
    return directory.resolve(name.toString());
  }

  /// The directories that are there, by contract.
  Map<Long, Path> existing() {
    Map<Long, Path> found = new TreeMap<>();
    // only ours begin with a digit, the kernel's files with a letter: no look at each is needed
    String[] names = directory.toFile().list();
    for (String name : names == null ? new String[0] : names) {
      numberOf(name).ifPresent(id -> found.put(id, directory.resolve(name)));
    }
    return found;
  }

  /// The contract that a cgroup belongs to, if it is in this sub-tree.
  Optional<Long> contractOf(String processCgroup) {
    return processCgroup.startsWith(cgroup + "/")
        ? numberOf(processCgroup.substring(cgroup.length() + 1))
        : Optional.empty();
  }

  private static Optional<Long> numberOf(String name) {
    int end = 0;
    while (end < name.length() && Character.isDigit(name.charAt(end))) {
      end++;
    }
    return end == 0 || end > 18
        ? Optional.empty()
        : Optional.of(Long.parseLong(name.substring(0, end)));
  }

  /// The cgroups in a cgroup; a directory of this file system counts them in its links.
  static List<Path> subdirectories(Path directory) {
    if (Links.of(directory) <= 2) {
      return List.of();
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
      ArrayList<Path> found = new ArrayList<>();
      entries.forEach(found::add);
      found.sort(null);
      return found;
    } catch (IOException _) {
      return List.of();
    }
  }

  /// Removes an empty cgroup and those in it.
  static boolean delete(Path directory) {
    if (directory.toFile().delete()) {
      return true; // there are seldom any in it
    }
    subdirectories(directory).forEach(CgroupTree::delete);
    try {
      Files.deleteIfExists(directory);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// Whether a cgroup or one in it has a living process.
  static boolean isPopulated(Path directory) {
    String events = Descriptor.readPiece(directory.resolve("cgroup.events"), 256);
    return events != null && events.contains("populated 1");
  }
}
