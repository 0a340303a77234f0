package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        if (isBelow(name)) {
          made.add(base + "/" + name);
        } else {
          all = false;
        }
      }
      if (!all) {
        report.dropped(assignment, "a link, or no relative path");
      } else if (kind.equals("Runtime")
          && !unit.isOn("Service", "RuntimeDirectoryPreserve", false)) {
        report.approximated(assignment, "made anew by each start, not removed by a stop");
      } else {
        report.exact(assignment, "made by the start method");
      }
    }
    unit.last("Service", kind + "DirectoryPreserve").ifPresent(it -> report.exact(it, "always"));
    boolean isOwned = account.isOther() && !kind.equals("Configuration");
    String owner =
        isOwned ? " -o " + ShellText.quoted(account.user()) + " -g " + account.groupWord() : "";
    boolean isAnew = kind.equals("Runtime") && isMadeAnew();
    for (String path : made) {
      if (isAnew) {
        steps.add("rm -rf -- " + ShellText.quoted(path));
      }
      steps.add("install -d -m " + mode + owner + " " + ShellText.quoted(path) + " || exit");
    }
    if (!made.isEmpty()) {
      String variable = kind.toUpperCase(java.util.Locale.ROOT) + "_DIRECTORY=";
      draft.append(
          ContextMapping.CONTEXT, "environment", variable + String.join(":", made), unit.at());
    }
  }

  /// Whether a name leads below its base, and nowhere else: it is removed as a whole.
  private static boolean isBelow(String name) {
    return !name.isEmpty()
        && name.indexOf(':') < 0
        && List.of(name.split("/", -1)).stream().noneMatch(part -> part.matches("|[.]{1,2}"));
  }

  /// systemd removes the directory when a service stops, unless it is to be preserved.
  private boolean isMadeAnew() {
    return unit.value("Service", "RuntimeDirectoryPreserve")
        .map(text -> Quantities.flag(text).equals(Optional.of(false)))
        .orElse(true);
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
