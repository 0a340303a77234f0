package bespoke.manifest.yaml;

import bespoke.manifest.yaml.Shape.Bounded;
import bespoke.manifest.yaml.Shape.Choice;
import bespoke.manifest.yaml.Shape.Either;
import bespoke.manifest.yaml.Shape.Field;
import bespoke.manifest.yaml.Shape.Fields;
import bespoke.manifest.yaml.Shape.Flag;
import bespoke.manifest.yaml.Shape.Items;
import bespoke.manifest.yaml.Shape.Named;
import bespoke.manifest.yaml.Shape.Rule;
import bespoke.manifest.yaml.Shape.Text;
import bespoke.model.definition.LinuxNames;
import bespoke.model.definition.Resource;
import bespoke.model.definition.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The part of the format that is about methods: what runs, how, and when it is well.
final class MethodShapes {

  private static final List<String> PROBES = List.of("exec", "tcp", "http");

  /// `-1` and `0` both mean none, as in SMF.
  private static final Bounded TIMEOUT = new Bounded(-1, Values.SECONDS_MAX, true);

  private static final Bounded INTERVAL = new Bounded(0.001, Values.SECONDS_MAX, true);
  private static final Bounded TIMES = new Bounded(1, 1_000_000, false);

  static final Fields CONTEXT =
      Fields.of(
          "method_context",
          List.of(
              Field.optional("user", new Text(Format.ACCOUNT), "Name or number of the user."),
              Field.optional(
                  "group",
                  new Text(Format.ACCOUNT),
                  "Name or number of the group; absent means the user's."),
              Field.optional(
                  "supp_groups",
                  ServiceShapes.textOrList(Format.GROUPS, new Text(Format.ACCOUNT)),
                  "Supplementary groups; absent means all of the user's."),
              Field.optional(
                  "working_directory",
                  new Text(Format.DIRECTORY),
                  "Absent means the user's home when there is any context, else /."),
              Field.optional("environment", environment(), "Variables by name, or NAME=value."),
              Field.optional(
                  "environment_files",
                  ServiceShapes.textOrList(Format.VARIABLES_FILE, new Text(Format.VARIABLES_FILE)),
                  "Files of NAME=value, which win; -/PATH may be missing."),
              Field.optional("umask", new Text(Format.UMASK), "File mode creation mask, octal."),
              Field.optional(
                  "limits",
                  new Named(new Choice(sorted(LinuxNames.LIMITS)), new Text(Format.LIMIT)),
                  "Limits of setrlimit(2), soft or soft:hard."),
              Field.optional(
                  "capabilities",
                  new Items(new Choice(sorted(LinuxNames.CAPABILITIES)), 0),
                  "The bounding and ambient set of capabilities(7)."),
              Field.optional(
                  "privileges",
                  new Text(Format.LINE),
                  "Of Solaris; capabilities follow from them where they are not given."),
              Field.optional("limit_privileges", new Text(Format.LINE), "Kept as written."),
              Field.optional("project", new Text(Format.LINE), "Kept as written."),
              Field.optional("resource_pool", new Text(Format.LINE), "Kept as written."),
              Field.optional(
                  "no_new_privileges", new Flag(), "Whether set-user-id programs lose effect."),
              Field.optional("nice", new Bounded(-20, 19, false), "As nice(2)."),
              Field.optional("oom_score_adj", new Bounded(-1000, 1000, false), "As in proc(5).")));

  /// When a service or an instance counts as online; an instance may change single properties.
  static Fields readiness(boolean instance) {
    List<String> kinds = List.of("notify", "exec", "tcp", "http");
    return Fields.of(
        instance ? "instance_readiness" : "readiness",
        List.of(
            Field.optional(
                "notify",
                new Text(Format.NOTIFY),
                "Who says so: method, sd_notify, or fd:N for a newline on descriptor N."),
            Field.optional("exec", new Text(Format.COMMAND), "A command that exits 0."),
            Field.optional("tcp", new Text(Format.TCP), "HOST:PORT that accepts a connection."),
            Field.optional("http", new Text(Format.HTTP), "A URL that answers 200 to 399."),
            Field.optional(
                "timeout_seconds", TIMEOUT, "How long it may take; absent means no limit."),
            Field.optional(
                "interval_seconds", INTERVAL, "Between two questions; absent means 0.5."),
            Field.optional("probe_timeout_seconds", INTERVAL, "For one answer; absent means 2."),
            Field.optional(
                "watchdog_seconds",
                INTERVAL,
                "With sd_notify: how often it must ping once it is ready.")),
        instance ? new Rule.AtMostOne(kinds) : new Rule.ExactlyOne(kinds));
  }

  private static final Either STATUSES =
      ServiceShapes.textOrList(Format.EXIT_STATUS, new Text(Format.EXIT_STATUS));

  static final Fields STARTD =
      Fields.of(
          "startd",
          List.of(
              Field.optional(
                  "duration",
                  new Choice(List.of("contract", "child", "transient")),
                  "Which processes it consists of; absent means contract."),
              Field.optional(
                  "ignore_error",
                  ServiceShapes.textOrList(
                      Format.IGNORE_ERROR, new Choice(List.of("core", "signal"))),
                  "Deaths of its processes that do not stop it."),
              Field.optional(
                  "critical_failure_count",
                  TIMES,
                  "More failures than this in the period lead to maintenance; absent means 10."),
              Field.optional(
                  "critical_failure_period", TIMES, "The period in seconds; absent means 600."),
              Field.optional(
                  "timeout_retry", new Flag(), "Whether a method that timed out is tried again."),
              Field.optional("need_session", new Flag(), "Kept as written."),
              Field.optional("utmpx_prefix", new Text(Format.LINE), "Kept as written."),
              Field.optional(
                  "restart",
                  new Choice(List.of("always", "on_failure", "never")),
                  "Whether it is started again when it ended by itself; absent means always."),
              Field.optional(
                  "restart_delay",
                  INTERVAL,
                  "Seconds between such an end and the next start; absent means none."),
              Field.optional(
                  "give_up",
                  new Flag(),
                  "Of a child: whether too many failures lead to maintenance; absent means that it"
                      + " is only throttled."),
              Field.optional(
                  "success_status",
                  STATUSES,
                  "For a child: exit statuses and signals that are as well as 0."),
              Field.optional(
                  "no_restart_status", STATUSES, "For a child: ends after which it stays down."),
              Field.optional(
                  "restart_status",
                  STATUSES,
                  "For a child: ends after which it is started again, whatever else they mean."),
              Field.optional(
                  "retry_delay",
                  INTERVAL,
                  "Seconds before the second attempt, then doubling; absent means 0.2.")));

  private MethodShapes() {}

  /// The methods of a service or an instance; an instance may change single properties.
  static Fields methods(boolean instance) {
    return Fields.of(
        instance ? "instance_methods" : "methods",
        List.of(
            Field.optional("start", method("start", false), "Starts the service."),
            Field.optional(
                "stop", method("stop", true), "Stops it; absent means :kill with 60 seconds."),
            Field.optional("refresh", method("refresh", false), "Makes it read its configuration."),
            Field.optional("monitor", monitor(instance), "Asks periodically whether it is well.")));
  }

  /// cgroup v2 limits.
  static Fields resources() {
    List<Field> fields = new ArrayList<>();
    for (Resource resource : Resource.values()) {
      Format format =
          switch (resource.form()) {
            case SIZE -> Format.SIZE;
            case PERCENT -> Format.PERCENT;
            case WEIGHT -> Format.WEIGHT;
          };
      fields.add(
          Field.optional(
              resource.toString(), new Text(format), resource.file() + " of cgroups(7)."));
    }
    return Fields.of("resources", fields);
  }

  private static Fields method(String name, boolean stop) {
    List<Field> fields = new ArrayList<>();
    fields.add(
        Field.optional("exec", new Text(Format.EXEC), "A command, :true, or :kill [-SIGNAL]."));
    fields.add(Field.optional("timeout_seconds", TIMEOUT, "Absent, 0 and -1 mean no limit."));
    if (stop) {
      fields.add(
          Field.optional(
              "on_timeout",
              new Choice(List.of("maintenance", "kill")),
              "What it means when processes had to be killed; absent means maintenance."));
    }
    fields.add(Field.optional("method_context", CONTEXT, "Overrides the service's context here."));
    return Fields.of(name, fields);
  }

  private static Fields monitor(boolean instance) {
    return Fields.of(
        instance ? "instance_monitor" : "monitor",
        List.of(
            Field.optional("exec", new Text(Format.COMMAND), "A command that exits 0."),
            Field.optional("tcp", new Text(Format.TCP), "HOST:PORT that accepts a connection."),
            Field.optional("http", new Text(Format.HTTP), "A URL that answers 200 to 399."),
            Field.optional("interval_seconds", INTERVAL, "Between two questions; absent means 10."),
            Field.optional("timeout_seconds", INTERVAL, "For one answer; absent means 5."),
            Field.optional("failures", TIMES, "Bad answers in a row that count; absent means 3."),
            Field.optional("successes", TIMES, "Good answers that count; absent means 1."),
            Field.optional(
                "on_failure",
                new Choice(List.of("degrade", "restart")),
                "What failures lead to; absent means degrade."),
            Field.optional("method_context", CONTEXT, "For exec: overrides the service's.")),
        instance ? new Rule.AtMostOne(PROBES) : new Rule.ExactlyOne(PROBES));
  }

  private static Either environment() {
    return new Either(
        List.of(
            new Named(new Text(Format.VARIABLE), new Text(Format.TEXT)),
            new Items(new Text(Format.TEXT), 0)));
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }
}
