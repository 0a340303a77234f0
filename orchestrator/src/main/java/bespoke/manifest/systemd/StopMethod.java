package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import bespoke.manifest.systemd.Commands.Command;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.StartdOptions.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The stop method (systemd.kill(5)): a signal to all processes, or `ExecStop=` and then that.
final class StopMethod {

  private static final String SERVICE = "Service";

  private final Unit unit;
  private final Report report;
  private final GroupDraft draft;
  private final Commands commands;
  private final Style style;
  private final MainProcess main;

  StopMethod(
      Unit unit,
      Report report,
      GroupDraft draft,
      Commands commands,
      Style style,
      MainProcess main) {
    this.unit = unit;
    this.report = report;
    this.draft = draft;
    this.commands = commands;
    this.style = style;
    this.main = main;
  }

  void fill() {
    String signal = signal();
    mode();
    sendKill();
    if (style == Style.TRANSIENT) {
      if (unit.isOn(SERVICE, "RemainAfterExit", false)) {
        transientStop();
      }
      return;
    }
    List<Command> stops = commands.of("ExecStop");
    List<Command> posts = commands.of("ExecStopPost");
    boolean isSignal = stops.isEmpty() && (posts.isEmpty() || !main.isKnown());
    if (isSignal) {
      posts.forEach(post ->
          report.dropped(post.assignment(), "no process is known whose end it could wait for"));
    } else if (!posts.isEmpty()) {
      posts.forEach(post ->
          report.approximated(post.assignment(), "not run when the service ends by itself"));
    }
    String text = isSignal ? kill(signal) : script(stops, posts, signal);
    draft.method("stop", text, unit.at());
    draft.timeout("stop", new Timeouts(unit, report).stop(), unit.at());
    draft.put(
        "stop",
        PropertyGroup.METHOD,
        "on_timeout",
        PropertyType.ASTRING,
        List.of("kill"),
        unit.at());
  }

  private static String kill(String signal) {
    return signal.equals("TERM") ? ":kill" : ":kill -" + signal;
  }

  private void transientStop() {
    List<Command> all = new ArrayList<>(commands.of("ExecStop"));
    all.addAll(commands.of("ExecStopPost"));
    if (!all.isEmpty()) {
      draft.method("stop", main.script(commands, all), unit.at());
      draft.timeout("stop", new Timeouts(unit, report).stop(), unit.at());
    }
  }

  private String script(List<Command> stops, List<Command> posts, String signal) {
    List<String> lines = new ArrayList<>();
    if (commands.splitsVariables()) {
      lines.add("set -f");
    }
    if (main.isKnown() && !main.prelude().isEmpty()) {
      lines.add(main.prelude().replace("|| exit", "|| exit 0"));
    }
    stops.forEach(stop -> lines.add(stop.text() + " || :"));
    if (main.isKnown()) {
      lines.add("kill -" + signal + " " + main.word() + " 2>/dev/null || :");
      if (!posts.isEmpty()) {
        lines.add("while kill -0 " + main.word() + " 2>/dev/null; do sleep 0.1; done");
      }
    }
    posts.forEach(post -> lines.add(post.text() + " || :"));
    return String.join("\n", lines);
  }

  private String signal() {
    Optional<Assignment> said = unit.last(SERVICE, "KillSignal");
    Optional<String> name = said.flatMap(it -> Signals.name(it.value()));
    said.ifPresent(it -> {
      if (name.isPresent()) {
        report.exact(it, "");
      } else {
        report.dropped(it, "no signal");
      }
    });
    return name.orElse("TERM");
  }

  private void mode() {
    unit.last(SERVICE, "KillMode")
        .ifPresent(assignment -> {
          switch (assignment.value()) {
            case "control-group" -> report.exact(assignment, "");
            case "mixed" ->
                report.approximated(
                    assignment, "all processes get the signal, not the main one alone");
            case "process", "none" ->
                report.approximated(
                    assignment, "a contract is always emptied: all processes are stopped");
            default -> report.dropped(assignment, "no mode that is known");
          }
        });
  }

  private void sendKill() {
    unit.last(SERVICE, "SendSIGKILL")
        .ifPresent(assignment -> {
          if (unit.isOn(SERVICE, "SendSIGKILL", true)) {
            report.exact(assignment, "");
          } else {
            report.approximated(assignment, "what does not stop in time is killed");
          }
        });
  }
}
