package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `RuntimeDirectory=` and its like (systemd.exec(5)): the start method makes them.
final class Directories {

  private static final Map<String, String> BASES =
      new TreeMap<>(
          Map.of(
              "Runtime", "/run",
              "State", "/var/lib",
              "Cache", "/var/cache",
              "Logs", "/var/log",
              "Configuration", "/etc"));

  private final Unit unit;
  private final Report report;
  private final List<String> steps = new ArrayList<>();

  Directories(Unit unit, Report report, Account account, GroupDraft draft) {
    this.unit = unit;
    this.report = report;
    BASES.forEach((kind, base) -> kind(kind, base, account, draft));
  }

  /// Whether a unit asks for any.
  static boolean areWanted(Unit unit) {
    return BASES.keySet().stream()
        .anyMatch(kind -> !unit.all("Service", kind + "Directory").isEmpty());
  }

  /// Lines of the start method, for root.
  List<String> steps() {
    return steps;
  }

  private void kind(String kind, String base, Account account, GroupDraft draft) {
    String mode = mode(kind);
    List<String> made = new ArrayList<>();
    for (Assignment assignment : unit.all("Service", kind + "Directory")) {
      boolean all = true;
      for (String word : Words.texts(assignment.value())) {
        String name = unit.specifiers().expand(word).orElse("");
        boolean isRelative = name.matches("[^/:].*") && !List.of(name.split("/")).contains("..");
        if (isRelative && !name.contains(":")) {
          made.add(base + "/" + name);
        } else {
          all = false;
        }
      }
      if (!all) {
        report.dropped(assignment, "a link, or no relative path");
      } else if (kind.equals("Runtime")
          && !unit.isOn("Service", "RuntimeDirectoryPreserve", false)) {
        report.approximated(assignment, "made by the start method, and not removed by a stop");
      } else {
        report.exact(assignment, "made by the start method");
      }
    }
    unit.last("Service", kind + "DirectoryPreserve").ifPresent(it -> report.exact(it, "always"));
    boolean isOwned = account.isOther() && !kind.equals("Configuration");
    String owner =
        isOwned ? " -o " + ShellText.quoted(account.user()) + " -g " + account.groupWord() : "";
    for (String path : made) {
      steps.add("install -d -m " + mode + owner + " " + ShellText.quoted(path) + " || exit");
    }
    if (!made.isEmpty()) {
      String variable = kind.toUpperCase(java.util.Locale.ROOT) + "_DIRECTORY=";
      draft.append(
          ContextMapping.CONTEXT, "environment", variable + String.join(":", made), unit.at());
    }
  }

  private String mode(String kind) {
    return unit.last("Service", kind + "DirectoryMode")
        .filter(assignment -> {
          boolean isMode = assignment.value().matches("[0-7]{3,5}");
          if (isMode) {
            report.exact(assignment, "");
          } else {
            report.dropped(assignment, "not a mode");
          }
          return isMode;
        })
        .map(Assignment::value)
        .orElse("0755");
  }
}
