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
/// @param capabilities for all sets; empty Optional leaves them alone
/// @param noNewPrivileges `NoNewPrivileges=`
record Account(
    String user,
    String group,
    List<String> supplementary,
    boolean isDynamic,
    Optional<List<String>> capabilities,
    boolean noNewPrivileges) {

  private static final int DYNAMIC_MIN = 61_184;
  private static final int DYNAMIC_MAX = 65_519;

  Account {
    supplementary = List.copyOf(supplementary);
    capabilities = capabilities.map(List::copyOf);
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

  /// What becomes this account from root, before a command: setpriv(1) and its options.
  String prefix() {
    List<String> words = new ArrayList<>(List.of("setpriv"));
    words.add("--reuid=" + ShellText.quoted(user));
    words.add("--regid=" + groupWord());
    words.add(
        !supplementary.isEmpty()
            ? "--groups=" + ShellText.quoted(String.join(",", supplementary))
            : isDynamic ? "--clear-groups" : "--init-groups");
    capabilities.ifPresent(names -> {
      StringBuilder set = new StringBuilder("-all");
      names.forEach(name -> set.append(",+").append(name));
      words.add("--bounding-set=" + set);
      words.add("--inh-caps=" + set);
      words.add("--ambient-caps=" + set);
    });
    if (noNewPrivileges) {
      words.add("--no-new-privs");
    }
    return String.join(" ", words) + " -- ";
  }
}
