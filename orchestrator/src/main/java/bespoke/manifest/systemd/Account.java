package bespoke.manifest.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// As whom a unit runs.
///
/// @param user name or number; empty means root
/// @param group name or number; empty means the user's
/// @param supplementary further groups
/// @param isDynamic whether systemd would make the user up (`DynamicUser=`)
/// @param bounding what it and its children may ever have; empty Optional for everything
/// @param ambient what it has although it is not root; empty Optional for nothing
/// @param noNewPrivileges `NoNewPrivileges=`
record Account(
    String user,
    String group,
    List<String> supplementary,
    boolean isDynamic,
    Optional<List<String>> bounding,
    Optional<List<String>> ambient,
    boolean noNewPrivileges) {

  private static final int DYNAMIC_MIN = 61_184;
  private static final int DYNAMIC_MAX = 65_519;

  Account {
    supplementary = List.copyOf(supplementary);
    bounding = bounding.map(List::copyOf);
    ambient = ambient.map(List::copyOf);
  }

  /// Whether it is somebody else than root.
  boolean isOther() {
    return !user.isEmpty() && !user.equals("root") && !user.equals("0");
  }

  /// The number of a user that exists nowhere, out of systemd's range for those.
  static String dynamicNumber(String name) {
    return Integer.toString(
        DYNAMIC_MIN + Math.floorMod(name.hashCode(), DYNAMIC_MAX - DYNAMIC_MIN + 1));
  }

  /// The group as a word of a shell command.
  String groupWord() {
    return group.isEmpty()
        ? "\"$(id -g " + ShellText.quoted(user) + ")\""
        : ShellText.quoted(group);
  }

  /// The one set that a method context has for all, when that says the same.
  Optional<List<String>> capabilities() {
    return bounding.isEmpty() || bounding.equals(ambient) ? ambient : Optional.empty();
  }

  /// Whether its capabilities are more than a method context can say.
  boolean isBounded() {
    return bounding.isPresent() && capabilities().isEmpty();
  }

  /// What becomes this account from root, before a command: setpriv(1) and its options; empty for
  /// root with all its powers.
  String prefix() {
    List<String> words = new ArrayList<>();
    if (isOther()) {
      words.add("--reuid=" + ShellText.quoted(user));
      words.add("--regid=" + groupWord());
      words.add(
          !supplementary.isEmpty()
              ? "--groups=" + ShellText.quoted(String.join(",", supplementary))
              : isDynamic ? "--clear-groups" : "--init-groups");
    }
    bounding.ifPresent(names -> words.add("--bounding-set=" + set(names)));
    ambient.ifPresent(names -> {
      words.add("--inh-caps=" + set(names));
      words.add("--ambient-caps=" + set(names));
    });
    if (noNewPrivileges) {
      words.add("--no-new-privs");
    }
    return words.isEmpty() ? "" : "setpriv " + String.join(" ", words) + " -- ";
  }

  private static String set(List<String> names) {
    StringBuilder set = new StringBuilder("-all");
    names.forEach(name -> set.append(",+").append(name));
    return set.toString();
  }
}
