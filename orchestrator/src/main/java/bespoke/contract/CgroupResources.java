package bespoke.contract;

import bespoke.os.Descriptor;
import bespoke.os.Errno;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Limits of contracts, as far as the controllers of the mount allow. Controllers are switched on
/// when they are first needed, for each costs something.
///
/// @param top the sub-tree's directory
/// @param set which files were written, by contract
record CgroupResources(Path top, Map<Long, Set<String>> set) {
  private static final int FILE_BYTES_MAX = 4096;

  CgroupResources(Path top) {
    this(top, new HashMap<>());
  }

  /// What the directory above ours may hand down.
  Set<String> controllers() {
    Set<String> above = words(above().resolve("cgroup.controllers"));
    above.addAll(words(top.resolve("cgroup.controllers")));
    return above;
  }

  private Path above() {
    Path above = top.getParent();
    return above == null ? top : above;
  }

  private static Set<String> words(Path file) {
    String text = Descriptor.readText(file, FILE_BYTES_MAX);
    Set<String> words = new TreeSet<>();
    if (text != null && !text.isBlank()) {
      words.addAll(Arrays.asList(text.strip().split("\\s+")));
    }
    return words;
  }

  List<String> unavailable(Resources wanted) {
    Set<String> present = controllers();
    return wanted.values().keySet().stream()
        .filter(file -> !present.contains(controllerOf(file)))
        .map(file ->
            "cannot limit %s: the cgroup controller %s is not available in %s"
                .formatted(file, controllerOf(file), above()))
        .toList();
  }

  private static String controllerOf(String file) {
    return file.substring(0, file.indexOf('.'));
  }

  List<String> apply(long contract, Path directory, Resources wanted) {
    List<String> problems = new ArrayList<>();
    Set<String> before = set.getOrDefault(contract, Set.of());
    for (String file : before) {
      if (!wanted.values().containsKey(file)) {
        int ignored = Descriptor.writeText(directory.resolve(file), neutral(file));
        assert ignored <= 0;
      }
    }
    Set<String> now = new TreeSet<>();
    wanted
        .values()
        .forEach((file, value) -> {
          int answer = enable(controllerOf(file));
          if (answer == 0) {
            answer = Descriptor.writeText(directory.resolve(file), value);
          }
          if (answer == 0) {
            now.add(file);
          } else {
            problems.add(explain(file, value, -answer));
          }
        });
    set.put(contract, now);
    return problems;
  }

  private String explain(String file, String value, int errno) {
    if (!controllers().contains(controllerOf(file))) {
      return "cannot limit %s: the cgroup controller %s is not available in %s"
          .formatted(file, controllerOf(file), above());
    }
    String reason =
        switch (errno) {
          case Errno.EBUSY -> above() + " has processes of its own, so it cannot hand it down";
          case Errno.ENOENT -> "there is no such file";
          case Errno.EINVAL, Errno.ERANGE -> "it is not a valid value";
          default -> Errno.text(errno);
        };
    return "cannot set %s to %s: %s".formatted(file, value, reason);
  }

  /// Hands a controller down to the contracts.
  ///
  /// @return 0 or the negated errno
  private int enable(String controller) {
    for (Path directory : List.of(above(), top)) {
      Path file = directory.resolve("cgroup.subtree_control");
      if (!words(file).contains(controller)) {
        int answer = Descriptor.writeText(file, "+" + controller);
        if (answer != 0) {
          return answer;
        }
      }
    }
    return 0;
  }

  /// What lifts a limit.
  private static String neutral(String file) {
    if (file.endsWith(".weight")) {
      return "100";
    }
    return file.endsWith(".min") || file.endsWith(".low") ? "0" : "max";
  }

  void forget(long contract) {
    set.remove(contract);
  }
}
