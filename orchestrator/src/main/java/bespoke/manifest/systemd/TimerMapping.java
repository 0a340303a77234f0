package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A `.timer` (systemd.timer(5)): an instance of the periodic restarter that has the start method
/// of the service which the timer starts.
final class TimerMapping {

  private static final String TIMER = "Timer";

  /// Ten years, the longest period.
  private static final String ONCE_SECONDS = "316224000";

  private final Unit unit;
  private final Report report;
  private final GroupDraft draft;

  TimerMapping(Unit unit, Report report, GroupDraft draft) {
    this.unit = unit;
    this.report = report;
    this.draft = draft;
  }

  /// @return whether there is any time at which it runs
  boolean fill() {
    List<Assignment> calendar = unit.all(TIMER, "OnCalendar");
    String group = calendar.isEmpty() ? Delegated.PERIODIC : Delegated.SCHEDULED;
    boolean runs = calendar.isEmpty() ? monotonic() : calendar(calendar);
    if (runs) {
      copySeconds("RandomizedDelaySec", group, "jitter_seconds");
      persistent(group);
      draft.put(
          "general",
          PropertyGroup.FRAMEWORK,
          "restarter",
          PropertyType.FMRI,
          List.of(Delegated.PERIODIC_RESTARTER),
          unit.at());
    }
    unit.last(TIMER, "AccuracySec").ifPresent(it -> report.exact(it, "runs at the time itself"));
    unit.last(TIMER, "FixedRandomDelay")
        .ifPresent(it -> report.approximated(it, "another delay each time"));
    unit.last(TIMER, "RemainAfterElapse").ifPresent(it -> report.exact(it, "stays online"));
    return runs;
  }

  private boolean calendar(List<Assignment> calendar) {
    List<String> times = new ArrayList<>();
    for (Assignment assignment : calendar) {
      times.add(unit.specifiers().expand(assignment.value()).orElse(assignment.value()));
      report.exact(assignment, "");
    }
    draft.texts(Delegated.SCHEDULED, "calendar", times, calendar.getFirst().at());
    for (String key :
        List.of(
            "OnBootSec", "OnStartupSec", "OnActiveSec", "OnUnitActiveSec", "OnUnitInactiveSec")) {
      unit.all(TIMER, key)
          .forEach(
              it -> report.dropped(it, "a timer has times of the calendar or periods, not both"));
    }
    return true;
  }

  private boolean monotonic() {
    Optional<String> delay =
        first("OnBootSec", "")
            .or(() -> first("OnStartupSec", ""))
            .or(() -> first("OnActiveSec", ""));
    Optional<String> period =
        first("OnUnitActiveSec", "")
            .or(() -> first("OnUnitInactiveSec", "counted from the start of a run, not its end"));
    if (delay.isEmpty() && period.isEmpty()) {
      return false;
    }
    Optional<String> once = Optional.of(ONCE_SECONDS);
    seconds("period_seconds", period.or(() -> once).orElseThrow());
    delay.filter(it -> !it.equals("0")).ifPresent(it -> seconds("delay_seconds", it));
    return true;
  }

  private void seconds(String property, String seconds) {
    draft.seconds(Delegated.PERIODIC, PropertyGroup.FRAMEWORK, property, seconds, unit.at());
  }

  /// The restarter counts whole seconds.
  private static String whole(String seconds) {
    return new BigDecimal(seconds).setScale(0, RoundingMode.CEILING).toPlainString();
  }

  /// The first value of a directive; more of them are left out.
  private Optional<String> first(String key, String how) {
    Optional<String> found = Optional.empty();
    for (Assignment assignment : unit.all(TIMER, key)) {
      Optional<String> seconds = Quantities.seconds(assignment.value()).map(TimerMapping::whole);
      if (found.isPresent() || seconds.isEmpty()) {
        report.dropped(assignment, found.isPresent() ? "one of a kind is kept" : "no time span");
      } else if (how.isEmpty()) {
        report.exact(assignment, "");
        found = seconds;
      } else {
        report.approximated(assignment, how);
        found = seconds;
      }
    }
    return found;
  }

  private void copySeconds(String key, String group, String property) {
    unit.last(TIMER, key)
        .ifPresent(assignment -> {
          Optional<String> seconds =
              Quantities.seconds(assignment.value()).map(TimerMapping::whole);
          if (seconds.isPresent()) {
            draft.seconds(group, PropertyGroup.FRAMEWORK, property, seconds.get(), assignment.at());
            report.exact(assignment, "");
          } else {
            report.dropped(assignment, "no time span");
          }
        });
  }

  private void persistent(String group) {
    unit.last(TIMER, "Persistent")
        .ifPresent(assignment -> {
          if (unit.isOn(TIMER, "Persistent", false)) {
            draft.put(
                group,
                PropertyGroup.FRAMEWORK,
                "persistent",
                PropertyType.BOOLEAN,
                List.of("true"),
                assignment.at());
          }
          report.exact(assignment, "");
        });
  }
}
