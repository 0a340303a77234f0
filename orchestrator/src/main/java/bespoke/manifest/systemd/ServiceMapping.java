package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import bespoke.manifest.systemd.Commands.Command;
import bespoke.model.PropertyGroup;
import bespoke.model.StartdOptions.Style;
import java.util.List;
import java.util.Optional;

/// Makes the property groups of a `.service` (systemd.service(5)): methods, context, restart.
final class ServiceMapping {

  private static final String SERVICE = "Service";

  private final Unit unit;
  private final Report report;
  private final GroupDraft draft;
  private final Style style;
  private final boolean isOneShot;
  private final boolean notifies;
  private final Host host;

  /// Who runs the start method.
  enum Host {
    /// The master restarter.
    STARTD,
    /// The restarter of timers: the method does its work and ends.
    PERIODIC,
    /// The restarter of sockets, which hands descriptors over from 3 on.
    INETD
  }

  private ServiceMapping(Unit unit, Host host, Report report, GroupDraft draft) {
    this.unit = unit;
    this.host = host;
    this.report = report;
    this.draft = draft;
    String type = type();
    boolean hasMain = !unit.all(SERVICE, "ExecStart").isEmpty();
    this.isOneShot = type.equals("oneshot") || !hasMain || host == Host.PERIODIC;
    this.notifies = type.startsWith("notify") && !isOneShot;
    this.style =
        isOneShot ? Style.TRANSIENT : type.equals("forking") ? Style.CONTRACT : Style.CHILD;
  }

  /// Fills a draft with all that a service unit says of itself.
  static void fill(Unit unit, Host host, Report report, GroupDraft draft) {
    new ServiceMapping(unit, host, report, draft).fill();
  }

  private String type() {
    Optional<Assignment> said = unit.last(SERVICE, "Type");
    String type = said.map(Assignment::value).orElse("simple");
    said.ifPresent(assignment -> {
      switch (type) {
        case "simple", "exec", "forking" -> report.exact(assignment, "");
        case "notify" -> report.exact(assignment, "readiness by sd_notify(3)");
        case "notify-reload" ->
            report.approximated(assignment, "a refresh ends when the signal is sent");
        case "idle" -> report.approximated(assignment, "as simple: it does not wait for others");
        case "dbus" ->
            report.approximated(
                assignment, "online as soon as it runs, not when its name is on the bus");
        case "oneshot" -> {
          if (unit.isOn(SERVICE, "RemainAfterExit", false)) {
            report.exact(assignment, "");
          } else {
            report.approximated(assignment, "online once it has run; svcadm restart runs it again");
          }
        }
        default -> report.dropped(assignment, "no type that is known; taken as simple");
      }
    });
    return type;
  }

  private void fill() {
    Account account = new AccountMapping(unit, report).read();
    boolean changesUser =
        account.isBounded()
            || account.isOther() && (Commands.hasPrivileged(unit) || Directories.areWanted(unit));
    new ContextMapping(unit, report, draft).fill(account, changesUser);
    new ResourceMapping(unit, report, draft).fill();
    Directories directories = new Directories(unit, report, account, draft);
    MainProcess main = MainProcess.of(unit, style, report);
    Conditions conditions =
        new Conditions(unit, report, isOneShot, isOneShot ? "exit 0" : "exit 101");
    conditions.fill(draft);
    StartMethod start =
        new StartMethod(
            unit,
            report,
            new Commands(
                unit, report, account, changesUser, style == Style.CHILD ? "$$" : main.word()),
            main,
            style,
            notifies || host == Host.INETD);
    start.prepare(new Streams(unit, report), directories, conditions);
    startd();
    start(start);
    new StopMethod(
            unit,
            report,
            draft,
            new Commands(unit, report, account, changesUser, main.word()),
            style,
            main)
        .fill();
    refresh(new Commands(unit, report, account, changesUser, main.word()), main);
    new RestartMapping(unit, report, draft).fill(style, start.asksConditions());
  }

  private void startd() {
    if (style != Style.CONTRACT) {
      draft.text("startd", "duration", style.toString(), unit.at());
    }
    unit.last(SERVICE, "RemainAfterExit")
        .ifPresent(assignment -> {
          boolean remains = unit.isOn(SERVICE, "RemainAfterExit", false);
          if (isOneShot || !remains) {
            report.exact(assignment, "");
          } else {
            report.dropped(assignment, "it is not online when its processes are gone");
          }
        });
  }

  private void start(StartMethod start) {
    String text = start.text();
    Assignment said =
        unit.all(SERVICE, "ExecStart").stream()
            .reduce((_, last) -> last)
            .orElse(new Assignment("", "unit", "", unit.at()));
    draft.method("start", text, said.at());
    boolean isReady = notifies || start.tellsReadiness();
    String timeout = new Timeouts(unit, report).start(isOneShot);
    if (isReady) {
      draft.text("readiness", "notify", notifies ? "sd_notify" : "fd:3", unit.at());
      if (!timeout.equals("0")) {
        draft.seconds("readiness", PropertyGroup.FRAMEWORK, "timeout_seconds", timeout, unit.at());
      }
    } else if (style != Style.CHILD) {
      draft.timeout("start", timeout, unit.at());
    }
    unit.last(SERVICE, "WatchdogSec").ifPresent(this::watchdog);
  }

  private void watchdog(Assignment assignment) {
    Optional<String> seconds = Quantities.seconds(assignment.value());
    if (!notifies) {
      report.dropped(assignment, "only a service with Type=notify is watched");
    } else if (seconds.isEmpty() || seconds.get().equals("0")) {
      report.exact(assignment, "no watchdog");
    } else {
      draft.seconds(
          "readiness", PropertyGroup.FRAMEWORK, "watchdog_seconds", seconds.get(), assignment.at());
      report.exact(assignment, "");
    }
  }

  private void refresh(Commands commands, MainProcess main) {
    boolean wanted = !unit.all(SERVICE, "ExecReload").isEmpty();
    boolean isSignal = unit.value(SERVICE, "Type").orElse("").equals("notify-reload");
    Optional<Assignment> signal = unit.last(SERVICE, "ReloadSignal");
    String name = signal.map(it -> it.value().replaceFirst("^SIG", "")).orElse("HUP");
    signal.ifPresent(it -> report.exact(it, ""));
    if (!wanted && isSignal && name.matches("[A-Z0-9]{2,10}")) {
      draft.method("refresh", "kill -" + name + " " + main.word() + " || exit", unit.at());
    }
    if (!wanted) {
      return;
    }
    List<Assignment> said = unit.all(SERVICE, "ExecReload");
    Optional<String> onlySignal = main.isKnown() ? Optional.empty() : MainProcess.signal(said);
    if (onlySignal.isPresent()) {
      said.forEach(it ->
          report.approximated(
              it, "all its processes get the signal, as none is known as the main one"));
      draft.method("refresh", ":kill -" + onlySignal.get(), said.getFirst().at());
      return;
    }
    List<Command> reload = commands.of("ExecReload");
    if (!reload.isEmpty()) {
      draft.method("refresh", main.script(commands, reload), said.getFirst().at());
      draft.timeout("refresh", new Timeouts(unit, report).start(false), said.getFirst().at());
    }
  }
}
