package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import bespoke.model.FileFmri;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `Condition…=` and `Assert…=` (systemd.unit(5)).
///
/// Whether a path is there is a dependency, except for what only runs once: that asks in its start
/// method, so that what waits for it goes on. All other conditions are asked in the start method.
final class Conditions {

  private final Unit unit;
  private final Report report;
  private final List<String> tests = new ArrayList<>();
  private final List<String> triggers = new ArrayList<>();
  private final Map<String, List<String>> paths = new LinkedHashMap<>();

  /// @param isScripted whether paths are asked for in the start method, too
  /// @param unmet what the start method does when a condition does not hold: `exit 0`
  Conditions(Unit unit, Report report, boolean isScripted, String unmet) {
    this.unit = unit;
    this.report = report;
    for (Assignment assignment : unit.assignments()) {
      boolean isAssertion = assignment.key().startsWith("Assert");
      boolean isCondition = isAssertion || assignment.key().startsWith("Condition");
      if (isCondition && assignment.section().equals("Unit")) {
        if (unit.all("Unit", assignment.key()).contains(assignment)) {
          read(assignment, isAssertion, isScripted, unmet);
        }
      }
    }
    if (!triggers.isEmpty()) {
      tests.add("{ " + String.join(" || ", triggers) + "; } || " + unmet);
    }
  }

  /// Lines of the start method.
  List<String> tests() {
    return tests;
  }

  /// Adds the dependencies on paths.
  void fill(GroupDraft draft) {
    paths.forEach((group, files) -> {
      String grouping =
          switch (group) {
            case "condition_absent" -> "exclude_all";
            case "condition_any" -> "require_any";
            default -> "require_all";
          };
      put(draft, group, "grouping", PropertyType.ASTRING, List.of(grouping));
      put(draft, group, "restart_on", PropertyType.ASTRING, List.of("none"));
      put(draft, group, "type", PropertyType.ASTRING, List.of("path"));
      List<String> entities = files.stream().map(path -> FileFmri.parse(path).toString()).toList();
      put(draft, group, "entities", PropertyType.FMRI, entities);
    });
  }

  private void put(
      GroupDraft draft, String group, String property, PropertyType type, List<String> values) {
    draft.put(group, PropertyGroup.DEPENDENCY, property, type, values, unit.at());
  }

  private void read(Assignment assignment, boolean isAssertion, boolean isScripted, String unmet) {
    String text = assignment.value();
    boolean isTrigger = text.startsWith("|");
    text = isTrigger ? text.substring(1).strip() : text;
    boolean isNegated = text.startsWith("!");
    text = isNegated ? text.substring(1).strip() : text;
    String kind = assignment.key().substring(isAssertion ? 6 : 9);
    Optional<String> value = unit.specifiers().expand(text);
    if (value.isEmpty()) {
      report.dropped(assignment, "its value is only known on the machine; taken as met");
    } else if (kind.equals("PathExists") && !isScripted && isPath(value.get())) {
      path(assignment, value.get(), isNegated, isTrigger, isAssertion);
    } else {
      test(assignment, kind, value.get(), isNegated, isTrigger, isAssertion ? "exit 95" : unmet);
    }
  }

  private static boolean isPath(String path) {
    return path.startsWith("/") && !List.of(path.split("/")).contains("..");
  }

  private void path(
      Assignment assignment,
      String path,
      boolean isNegated,
      boolean isTrigger,
      boolean isAssertion) {
    if (isTrigger && isNegated) {
      report.dropped(assignment, "an absent file cannot be one of several conditions");
      return;
    }
    String group =
        isTrigger ? "condition_any" : isNegated ? "condition_absent" : "condition_exists";
    paths.computeIfAbsent(group, _ -> new ArrayList<>()).add(path);
    report.approximated(
        assignment,
        isNegated
            ? "stays offline while the file is there"
            : "offline until the file is there, and then starts"
                + (isAssertion ? ", rather than failing" : ""));
  }

  private void test(
      Assignment assignment,
      String kind,
      String value,
      boolean isNegated,
      boolean isTrigger,
      String unmet) {
    String test = command(kind, value);
    if (test == null) {
      report.dropped(assignment, "cannot be asked here; taken as met");
      return;
    }
    String command = (isNegated ? "! " : "") + test.replace("%", "%%");
    if (isTrigger) {
      triggers.add(command);
    } else {
      tests.add(
          isNegated
              ? "if " + test.replace("%", "%%") + "; then " + unmet + "; fi"
              : command + " || " + unmet);
    }
    report.approximated(
        assignment,
        unmet.equals("exit 0")
            ? "asked by the start method; unmet, it is online without having run"
            : unmet.equals("exit 95")
                ? "asked by the start method; unmet, it goes to maintenance"
                : "asked by the start method; unmet, it is disabled until the next boot");
  }

  /// A shell command that succeeds when the condition holds; null when there is none.
  private static @Nullable String command(String kind, String value) {
    String word = ShellText.quoted(value).replace("%%", "%");
    return switch (kind) {
      case "PathExists" -> "[ -e " + word + " ]";
      case "PathIsDirectory" -> "[ -d " + word + " ]";
      case "PathIsSymbolicLink" -> "[ -L " + word + " ]";
      case "PathIsReadWrite" -> "[ -w " + word + " ]";
      case "PathIsMountPoint" -> "mountpoint -q " + word;
      case "DirectoryNotEmpty" -> "[ -n \"$(ls -A " + word + " 2>/dev/null)\" ]";
      case "FileNotEmpty" -> "[ -s " + word + " ]";
      case "FileIsExecutable" -> "[ -f " + word + " -a -x " + word + " ]";
      case "PathExistsGlob" ->
          value.matches("[A-Za-z0-9_./*?\\[\\]{}@:+,-]+")
              ? "ls -d " + value + " >/dev/null 2>&1"
              : null;
      case "KernelCommandLine" -> "tr ' ' '\\n' </proc/cmdline | grep -qE " + argument(value);
      case "Host" -> "[ \"$(uname -n)\" = " + word + " ]";
      case "User" -> "{ [ \"$(id -un)\" = " + word + " ] || [ \"$(id -u)\" = " + word + " ]; }";
      case "Group" -> "id -Gn | tr ' ' '\\n' | grep -qx " + word;
      case "Environment" ->
          value.matches("[A-Za-z_][A-Za-z0-9_]*") ? "[ -n \"${" + value + "+set}\" ]" : null;
      case "Architecture" ->
          value.matches("[a-z0-9_-]+")
              ? "[ \"$(uname -m | tr _ -)\" = " + word.replace('_', '-') + " ]"
              : null;
      case "NeedsUpdate" -> isPath(value) ? "[ /usr -nt " + word + "/.updated ]" : null;
      case "ControlGroupController" ->
          value.matches("v[12]")
              ? (value.equals("v2") ? "" : "! ") + "[ -e /sys/fs/cgroup/cgroup.controllers ]"
              : value.matches("[a-z ]+") ? "grep -qw " + word + " /proc/cgroups" : null;
      default -> MachineConditions.command(kind, value);
    };
  }

  private static String argument(String value) {
    String literal = value.replaceAll("([^A-Za-z0-9_=/,-])", "\\\\$1");
    return ShellText.quoted("^" + literal + (value.contains("=") ? "$" : "(=|$)"))
        .replace("%%", "%");
  }
}
