package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import bespoke.model.StartdOptions.Style;
import bespoke.model.definition.LinuxNames;
import bespoke.model.definition.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `SuccessExitStatus=`, `RestartPreventExitStatus=` and `RestartForceExitStatus=`
/// (systemd.service(5)): the lists of exit statuses in `startd`.
final class StatusMapping {

  private static final String SERVICE = "Service";
  private static final String STARTD = "startd";

  /// Deaths that systemd takes for a clean end of anything but a `oneshot`.
  private static final List<String> CLEAN_SIGNALS = List.of("HUP", "INT", "PIPE", "TERM");

  /// What smf_method(7) gives a meaning of its own: a wrong configuration, and the wish to be
  /// disabled. To systemd, and to a daemon that knows only it, they are failures as any other.
  private static final List<String> OF_METHODS = List.of("96", "101");

  /// The names of systemd.exec(5), "Process Exit Codes", as far as a daemon uses them itself.
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("SUCCESS", "0"),
          Map.entry("FAILURE", "1"),
          Map.entry("INVALIDARGUMENT", "2"),
          Map.entry("NOTIMPLEMENTED", "3"),
          Map.entry("NOPERMISSION", "4"),
          Map.entry("NOTINSTALLED", "5"),
          Map.entry("NOTCONFIGURED", "6"),
          Map.entry("NOTRUNNING", "7"),
          Map.entry("USAGE", "64"),
          Map.entry("DATAERR", "65"),
          Map.entry("NOINPUT", "66"),
          Map.entry("NOUSER", "67"),
          Map.entry("NOHOST", "68"),
          Map.entry("UNAVAILABLE", "69"),
          Map.entry("SOFTWARE", "70"),
          Map.entry("OSERR", "71"),
          Map.entry("OSFILE", "72"),
          Map.entry("CANTCREAT", "73"),
          Map.entry("IOERR", "74"),
          Map.entry("TEMPFAIL", "75"),
          Map.entry("PROTOCOL", "76"),
          Map.entry("NOPERM", "77"),
          Map.entry("CONFIG", "78"));

  private final Unit unit;
  private final Report report;
  private final GroupDraft draft;

  StatusMapping(Unit unit, Report report, GroupDraft draft) {
    this.unit = unit;
    this.report = report;
    this.draft = draft;
  }

  /// @param restarts whether a failure is followed by another start
  /// @param isAlways whether a clean end is, too
  /// @param exits101 whether the start method says with 101 that a condition does not hold
  void fill(Style style, boolean restarts, boolean isAlways, boolean exits101) {
    if (style != Style.CHILD) {
      for (String key : List.of("RestartPreventExitStatus", "RestartForceExitStatus")) {
        unit.all(SERVICE, key)
            .forEach(it -> report.dropped(it, "only what is one process ends with one status"));
      }
      return;
    }
    Set<String> clean = statuses("SuccessExitStatus");
    if (!isAlways) {
      clean.addAll(CLEAN_SIGNALS);
    }
    Set<String> again = statuses("RestartForceExitStatus");
    if (restarts) {
      OF_METHODS.stream()
          .filter(status -> !clean.contains(status) && !(exits101 && status.equals("101")))
          .forEach(again::add);
    }
    put("success_status", clean);
    put("no_restart_status", statuses("RestartPreventExitStatus"));
    put("restart_status", again);
  }

  private void put(String property, Set<String> statuses) {
    if (!statuses.isEmpty()) {
      draft.texts(STARTD, property, List.copyOf(statuses), unit.at());
    }
  }

  private Set<String> statuses(String key) {
    Set<String> statuses = new LinkedHashSet<>();
    for (Assignment assignment : unit.all(SERVICE, key)) {
      List<String> unknown = new ArrayList<>();
      for (String word : Words.texts(assignment.value())) {
        status(word).ifPresentOrElse(statuses::add, () -> unknown.add(word));
      }
      if (unknown.isEmpty()) {
        report.exact(assignment, "");
      } else {
        report.dropped(assignment, String.join(" ", unknown) + ": no status that is known");
      }
    }
    return statuses;
  }

  /// A word as the number of an exit status, or the name of a signal.
  static Optional<String> status(String word) {
    if (Values.integer(word, 0, 255).isPresent()) {
      return Optional.of(word);
    }
    if (LinuxNames.signalNumber(word).isPresent()) {
      return Optional.of(word.replaceFirst("^SIG", ""));
    }
    return Optional.ofNullable(NAMES.get(word));
  }
}
