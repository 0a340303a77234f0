package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.StartdOptions.Style;
import java.util.List;
import java.util.Optional;

/// `Restart=`, `RestartSec=` and `StartLimit…=`: the group `startd`.
final class RestartMapping {

  private static final String SERVICE = "Service";
  private static final String STARTD = "startd";

  private final Unit unit;
  private final Report report;
  private final GroupDraft draft;

  RestartMapping(Unit unit, Report report, GroupDraft draft) {
    this.unit = unit;
    this.report = report;
    this.draft = draft;
  }

  /// @param exits101 whether the start method says with 101 that a condition does not hold
  void fill(Style style, boolean exits101) {
    restart(style);
    String policy = unit.last(SERVICE, "Restart").map(Assignment::value).orElse("no");
    boolean isAlways = policy.equals("always") || policy.equals("on-success");
    new StatusMapping(unit, report, draft).fill(style, !policy.equals("no"), isAlways, exits101);
    unit.last(SERVICE, "RestartSec").ifPresent(assignment -> delay(assignment, style));
    limit(style);
  }

  private void restart(Style style) {
    Optional<Assignment> said = unit.last(SERVICE, "Restart");
    String policy = said.map(Assignment::value).orElse("no");
    String word =
        switch (policy) {
          case "always" -> "always";
          case "on-failure", "on-abnormal", "on-abort", "on-watchdog" -> "on_failure";
          case "on-success" -> "always";
          default -> "never";
        };
    if (style == Style.TRANSIENT) {
      said.ifPresent(
          it -> report.approximated(it, "a start method that fails is tried three times"));
      return;
    }
    boolean isExact = policy.matches("always|on-failure|no") && style == Style.CHILD;
    said.ifPresent(it -> {
      if (isExact) {
        report.exact(it, "");
      } else if (style == Style.CONTRACT) {
        report.approximated(it, "when all its processes are gone, whatever their statuses");
      } else {
        report.approximated(it, "restart: " + word);
      }
    });
    boolean isDefault =
        word.equals("always") || style == Style.CONTRACT && word.equals("on_failure");
    if (!isDefault) {
      draft.text(STARTD, "restart", word, unit.at());
    }
  }

  private void delay(Assignment assignment, Style style) {
    Optional<String> seconds = Quantities.seconds(assignment.value());
    if (seconds.isEmpty() || style == Style.TRANSIENT) {
      report.dropped(
          assignment,
          seconds.isEmpty() ? "no time span" : "attempts are spaced by the back-off of startd");
    } else if (seconds.get().equals("0")) {
      report.exact(assignment, "");
    } else {
      draft.seconds(
          STARTD, PropertyGroup.FRAMEWORK, "restart_delay", seconds.get(), assignment.at());
      report.exact(assignment, "");
    }
  }

  private void limit(Style style) {
    Optional<Assignment> interval = either("StartLimitIntervalSec", "StartLimitInterval");
    Optional<Assignment> burst = either("StartLimitBurst", "StartLimitBurst");
    Optional<String> seconds = interval.flatMap(it -> Quantities.seconds(it.value()));
    boolean isOff = seconds.filter("0"::equals).isPresent();
    String count =
        burst
            .map(Assignment::value)
            .filter(it -> it.matches("[1-9][0-9]{0,5}"))
            .map(it -> Integer.toString(Math.max(1, Integer.parseInt(it) - 1)))
            .orElse("4");
    if (interval.isEmpty() && burst.isEmpty()) {
      return;
    }
    interval.ifPresent(it -> report.approximated(it, "failures are counted, not starts"));
    burst.ifPresent(it -> report.approximated(it, "failures are counted, not starts"));
    number("critical_failure_count", isOff ? "1000000" : count);
    if (!isOff && style == Style.CHILD) {
      draft.put(
          STARTD,
          PropertyGroup.FRAMEWORK,
          "give_up",
          PropertyType.BOOLEAN,
          List.of("true"),
          unit.at());
    }
    if (!isOff) {
      String whole = seconds.orElse("10").replaceFirst("\\..*", "");
      number("critical_failure_period", whole.equals("0") ? "1" : whole);
    }
  }

  private Optional<Assignment> either(String key, String older) {
    Optional<Assignment> inUnit = unit.last("Unit", key).or(() -> unit.last("Unit", older));
    return inUnit.or(() -> unit.last(SERVICE, key)).or(() -> unit.last(SERVICE, older));
  }

  private void number(String property, String value) {
    draft.put(
        STARTD, PropertyGroup.FRAMEWORK, property, PropertyType.INTEGER, List.of(value), unit.at());
  }
}
