package bespoke.supervisor.convert;

import static bespoke.supervisor.convert.ConversionNote.Kind.APPROXIMATED;
import static bespoke.supervisor.convert.ConversionNote.Kind.DROPPED;
import static bespoke.supervisor.convert.ConversionNote.Kind.EXACT;

import bespoke.model.MethodContext;
import bespoke.os.Signals;
import bespoke.supervisor.config.Accounts;
import bespoke.supervisor.config.Autorestart;
import bespoke.supervisor.config.Configuration;
import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.ConfigurationReader;
import bespoke.supervisor.config.GroupConfig;
import bespoke.supervisor.config.GroupKind;
import bespoke.supervisor.config.LogDestination;
import bespoke.supervisor.config.ProcessConfig;
import bespoke.supervisor.config.ShellWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The conversion of one configuration.
public final class ProgramConversion {
  private static final Pattern SECTION = Pattern.compile("\\[[^]\\n]+\\]");
  private final List<ConversionNote> notes = new ArrayList<>();
  private final Map<String, List<String>> documents = new LinkedHashMap<>();
  private final Map<String, List<String>> order = new HashMap<>();

  private ProgramConversion() {}

  /// What a conversion gives.
  ///
  /// @param yaml descriptions, a document each; empty if there is no program
  public record Result(String yaml, List<ConversionNote> notes) {
    public Result {
      notes = List.copyOf(notes);
    }
  }

  /// Whether a text looks like a supervisord configuration: INI with a section of that kind.
  public static boolean isConfiguration(String text) {
    return text.lines()
        .map(String::strip)
        .anyMatch(line -> line.matches("\\[(supervisord|program:[^]]+)\\].*"));
  }

  /// Reads and converts a text, which holds what it includes already.
  ///
  /// @param file the name in messages; relative paths and `%(here)s` are taken from its directory
  public static Result convert(String text, Path file, Map<String, String> environment)
      throws ConfigurationException {
    return convert(
        ConfigurationReader.ofAnyMachine(environment, Accounts.system()).readText(text, file));
  }

  /// Converts what was read.
  public static Result convert(Configuration configuration) {
    var conversion = new ProgramConversion();
    conversion.order.putAll(StartOrder.of(configuration.groups()));
    configuration.groups().forEach(conversion::group);
    if (!configuration.httpServers().isEmpty()) {
      conversion.note(
          DROPPED, "", "http servers", "services are controlled with svcadm; no server is opened");
    }
    configuration.warnings().forEach(conversion::warning);
    var texts = new ArrayList<String>();
    conversion.documents.forEach((service, lines) -> texts.add(String.join("", lines)));
    return new Result(String.join("---\n", texts), conversion.notes);
  }

  private void note(ConversionNote.Kind kind, String program, String subject, String text) {
    add(new ConversionNote(kind, program, subject, text));
  }

  /// What the server would say of a section, such as that nobody has its plugin.
  private void warning(String text) {
    Matcher section = SECTION.matcher(text);
    note(DROPPED, "", section.find() ? section.group() : "configuration", text);
  }

  private void add(ConversionNote note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  private void group(GroupConfig group) {
    switch (group.kind()) {
      case GroupKind.Pool _ ->
          note(DROPPED, group.name(), "eventlistener", "svcs -w and svcs history show changes");
      case GroupKind.Fcgi _ ->
          note(
              DROPPED,
              group.name(),
              "fcgi-program",
              "no service can be given a socket of several; let supervisord run it, as"
                  + " svc:/site/supervisord:default");
      case GroupKind.Plain _ -> {
        group.processes().forEach(this::process);
        boolean named =
            group.processes().stream().anyMatch(process -> !process.program().equals(group.name()));
        if (named) {
          note(
              DROPPED,
              "",
              "[group:" + group.name() + "]",
              "name the services together: svcadm restart "
                  + String.join(
                      " ",
                      group.processes().stream()
                          .map(process -> "site/" + clean(process.program()))
                          .distinct()
                          .toList()));
        }
      }
    }
  }

  private void process(ProcessConfig process) {
    String program = process.program();
    String service = "site/" + clean(program);
    List<String> lines =
        documents.computeIfAbsent(
            service,
            name ->
                new ArrayList<>(
                    List.of(
                        "service: "
                            + name
                            + "\n"
                            + RestartConversion.startd(process.start())
                            + after(program),
                        "instances:\n")));
    lines.add("  " + Scalar.quoted(clean(process.name())) + ":\n");
    lines.add("    enabled: " + process.start().autostart() + "\n");
    lines.add("    methods:\n      start: {exec: " + Scalar.quoted(command(process)) + "}\n");
    lines.add(
        "      stop: {exec: \":kill -"
            + Signals.name(process.stop().signal().number())
            + "\", timeout_seconds: "
            + Math.max(1, process.stop().waitSeconds())
            + ", on_timeout: kill}\n");
    OptionConversion.Result options = OptionConversion.convert(process);
    lines.add(options.monitor());
    context(process, lines);
    lines.addAll(options.lines());
    notes(process);
    options.notes().forEach(this::add);
  }

  /// Programs of a higher priority, which start before and stop after it.
  private String after(String program) {
    List<String> before = order.getOrDefault(program, List.of());
    if (before.isEmpty()) {
      return "";
    }
    List<String> services = before.stream().map(it -> "site/" + clean(it)).distinct().toList();
    return "dependencies:\n  priority: {grouping: optional_all, restart_on: none, services: ["
        + String.join(", ", services)
        + "]}\n";
  }

  /// The words of the command, for a shell where they need one.
  private String command(ProcessConfig process) {
    try {
      return Scalar.commandLine(ShellWords.split(process.command()));
    } catch (ConfigurationException e) {
      note(APPROXIMATED, process.program(), "command", "kept as it is: " + e.getMessage());
      return process.command().replace("%", "%%");
    }
  }

  private void context(ProcessConfig process, List<String> lines) {
    var context = new ArrayList<String>();
    var settings = process.context();
    if (settings.user() != null && !settings.user().name().isBlank()) {
      context.add("user: " + Scalar.quoted(settings.user().name()));
      if (!settings.user().isKnown()) {
        note(
            APPROXIMATED,
            process.program(),
            "user",
            "there is no " + settings.user().name() + " on this machine; add it before it starts");
      }
    }
    context.add("working_directory: " + Scalar.quoted(directory(process)));
    if (settings.umask() != null) {
      context.add("umask: \"" + Integer.toOctalString(settings.umask()) + "\"");
    }
    var variables = new ArrayList<String>();
    if (!settings.environment().containsKey("PATH")) {
      variables.add("PATH: " + Scalar.quoted(MethodContext.USUAL_PATH));
    }
    settings
        .environment()
        .forEach((name, value) -> variables.add(name + ": " + Scalar.quoted(value)));
    context.add("environment: {" + String.join(", ", variables) + "}");
    if (settings.limits().nice() != null) {
      context.add("nice: " + settings.limits().nice());
    }
    if (settings.limits().oomScoreAdjust() != null) {
      context.add("oom_score_adj: " + settings.limits().oomScoreAdjust());
    }
    String limits = OptionConversion.limits(process);
    if (limits != null) {
      context.add(limits);
    }
    lines.add("    method_context: {" + String.join(", ", context) + "}\n");
  }

  /// Where it runs; supervisord takes a relative path from where it was started itself.
  private String directory(ProcessConfig process) {
    String said = process.context().directory();
    if (said == null || said.startsWith("/")) {
      return said == null ? "/" : said;
    }
    note(APPROXIMATED, process.program(), "directory", "not absolute; taken from /");
    return "/" + said;
  }

  private void notes(ProcessConfig process) {
    String program = process.program();
    note(EXACT, program, "command, directory, user, umask, environment, autostart", "kept");
    note(
        process.start().autorestart() == Autorestart.NEVER ? APPROXIMATED : EXACT,
        program,
        "autorestart, exitcodes",
        RestartConversion.said(process.start()));
    note(
        APPROXIMATED,
        program,
        "startsecs, startretries",
        RestartConversion.retries(process.start()));
    note(
        process.stop().asGroup() ? EXACT : APPROXIMATED,
        program,
        "stopsignal",
        "sent to every process of the service, then SIGKILL after stopwaitsecs");
    if (order.containsKey(program)) {
      note(APPROXIMATED, program, "priority", "starts when those before it run or have failed");
    }
    boolean ownLog =
        process.stdout().destination() instanceof LogDestination.File
            || process.stderr().destination() instanceof LogDestination.File;
    note(
        ownLog ? DROPPED : APPROXIMATED,
        program,
        "stdout_logfile, stderr_logfile",
        "both go to the log of the service (svcs -L)");
    if (process.stdout().captureMaxBytes() > 0
        || process.stdout().eventsEnabled()
        || process.stderr().eventsEnabled()) {
      note(DROPPED, program, "capture and log events", "there are no event listeners");
    }
  }

  /// Characters that SMF does not allow become `_`.
  private static String clean(String name) {
    String text = name.replaceAll("[^A-Za-z0-9_-]", "_");
    return text.matches("[A-Za-z0-9].*") ? text : "p" + text;
  }
}
