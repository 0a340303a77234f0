package bespoke.manifest.compose;

import bespoke.manifest.Fidelity;
import bespoke.manifest.GroupDraft;
import bespoke.model.MethodContext;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.definition.LinuxNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fills the property groups of one service of a compose file.
final class ServiceMapping {
  private static final String STARTD = "startd";
  private static final String CONTEXT = "method_context";
  private static final String RESOURCES = "resources";

  /// Handled by [ComposeReader] and [Links].
  private static final Set<String> ELSEWHERE =
      Set.of("depends_on", "links", "profiles", "scale", "extends");

  private final String name;
  private final Node.Fields service;
  private final Reading reading;
  private final Report report;
  private final EnvironmentFiles files;
  private final Set<String> services;
  private final GroupDraft draft;

  /// @param services the names of all of the project
  ServiceMapping(
      String name,
      Node.Fields service,
      Reading reading,
      EnvironmentFiles files,
      Set<String> services,
      GroupDraft draft) {
    this.name = name;
    this.service = service;
    this.reading = reading;
    this.report = reading.report();
    this.files = files;
    this.services = services;
    this.draft = draft;
  }

  /// Fills everything.
  ///
  /// @return whether there is a command to run
  boolean fill(boolean isOneShot, boolean isAwaitedHealthy) {
    draft.put(
        "tm_common_name",
        PropertyGroup.TEMPLATE,
        "C",
        PropertyType.USTRING,
        List.of(name + " of a compose file"),
        service.at());
    boolean runs = start();
    draft.text(STARTD, "duration", isOneShot ? "transient" : "child", service.at());
    restart(isOneShot);
    stop();
    Health.fill(service.value("healthcheck"), service, reading, draft, isAwaitedHealthy);
    context();
    service.map().forEach(this::other);
    return runs;
  }

  private @Nullable Node value(String key) {
    return service.value(key);
  }

  private void note(Fidelity fidelity, String key, String text) {
    report.note(fidelity, service.place(key), key, text);
  }

  private boolean start() {
    Optional<List<String>> entrypoint = reading.command(value("entrypoint"));
    Optional<List<String>> command = reading.command(value("command"));
    List<String> words = new ArrayList<>(entrypoint.orElse(List.of()));
    words.addAll(command.orElse(List.of()));
    entrypoint.ifPresent(_ -> note(Fidelity.EXACT, "entrypoint", "the command's first words"));
    command.ifPresent(_ -> note(Fidelity.EXACT, "command", "runs on this machine"));
    if (words.isEmpty()) {
      draft.method(
          "start",
          "echo 'It has no command: write one into the compose file and import it again.' >&2;"
              + " exit 96",
          service.at());
      report.note(
          Fidelity.DROPPED,
          service.at(),
          name,
          "it has no command, and what its image would run is not known here; it is not enabled");
      return false;
    }
    draft.method("start", Words.method(words), service.at());
    return true;
  }

  private void restart(boolean isOneShot) {
    new RestartPolicy(service, reading, draft).fill(isOneShot);
  }

  private void stop() {
    Optional<String> signal = reading.text(value("stop_signal"));
    if (signal.isPresent() && !LinuxNames.isSignal(signal.get())) {
      report.problem(
          service.place("stop_signal"), "cannot find the signal \"" + signal.get() + "\"", "");
    }
    Origin.File at = service.place(signal.isPresent() ? "stop_signal" : "stop_grace_period");
    draft.method("stop", ":kill" + signal.map(it -> " -" + it).orElse(""), at);
    String seconds = reading.seconds(value("stop_grace_period")).orElse("10");
    draft.timeout("stop", seconds, service.place("stop_grace_period"));
    // what compose kills after the grace period counts as stopped
    draft.put(
        "stop", PropertyGroup.METHOD, "on_timeout", PropertyType.ASTRING, List.of("kill"), at);
  }

  private void context() {
    Map<String, String> environment = new LinkedHashMap<>();
    files.of(service, reading).forEach(environment::put);
    reading
        .pairs(value("environment"))
        .forEach((variable, text) -> {
          if (text.isPresent()) {
            environment.put(variable, text.get());
          } else {
            environment.remove(variable);
            report.note(
                Fidelity.APPROXIMATED,
                service.place("environment"),
                variable,
                "has no value here: methods do not inherit the environment of who imports them");
          }
        });
    environment.putIfAbsent("PATH", MethodContext.USUAL_PATH); // as in most containers
    draft.texts(
        CONTEXT,
        "environment",
        environment.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList(),
        service.place("environment"));
    reading
        .text(value("working_dir"))
        .ifPresent(directory ->
            draft.text(CONTEXT, "working_directory", directory, service.place("working_dir")));
    reading.text(value("user")).ifPresent(this::user);
    List<String> groups = reading.texts(value("group_add"));
    if (!groups.isEmpty()) {
      draft.texts(CONTEXT, "supp_groups", groups, service.place("group_add"));
    }
    new Capabilities(service, reading, draft).fill();
    new Hosts(service, reading, services).note(environment);
    limits();
    reading
        .number(value("oom_score_adj"), -1000, 1000)
        .ifPresent(score -> integer(CONTEXT, "oom_score_adj", score, "oom_score_adj"));
    for (String option : reading.texts(value("security_opt"))) {
      if (option.matches("no-new-privileges([:=]true)?")) {
        draft.put(
            CONTEXT,
            PropertyGroup.FRAMEWORK,
            "no_new_privileges",
            PropertyType.BOOLEAN,
            List.of("true"),
            service.place("security_opt"));
      } else {
        report.note(
            Fidelity.DROPPED, service.place("security_opt"), option, "belongs to containers");
      }
    }
    resources();
  }

  private void user(String user) {
    Origin.File at = service.place("user");
    String[] parts = user.split(":", 2);
    draft.text(CONTEXT, "user", parts[0], at);
    if (parts.length == 2) {
      draft.text(CONTEXT, "group", parts[1], at);
    }
    note(Fidelity.APPROXIMATED, "user", "has to be a user of this machine");
  }

  private void integer(String group, String property, String value, String key) {
    draft.put(
        group,
        PropertyGroup.FRAMEWORK,
        property,
        PropertyType.INTEGER,
        List.of(value),
        service.place(key));
  }

  private void limits() {
    if (!(value("ulimits") instanceof Node.Fields fields)) {
      return;
    }
    fields
        .map()
        .forEach((limit, node) -> {
          Origin.File at = fields.place(limit);
          Optional<String> soft;
          Optional<String> hard;
          if (node instanceof Node.Fields both) {
            soft = reading.number(both.value("soft"), -1, Long.MAX_VALUE);
            hard = reading.number(both.value("hard"), -1, Long.MAX_VALUE);
          } else {
            soft = reading.number(node, -1, Long.MAX_VALUE);
            hard = soft;
          }
          if (!LinuxNames.LIMITS.contains(limit)) {
            report.problem(at, "cannot find the limit \"" + limit + "\" of setrlimit(2)", "");
          } else if (soft.isPresent() && hard.isPresent()) {
            draft.append(
                CONTEXT, "limits", limit + "=" + word(soft.get()) + ":" + word(hard.get()), at);
            report.note(Fidelity.EXACT, at, "ulimits", "");
          }
        });
  }

  private static String word(String limit) {
    return limit.equals("-1") ? "unlimited" : limit;
  }

  private void resources() {
    Node.Fields deploy = inner(service, "deploy");
    Node.Fields limits = inner(inner(deploy, "resources"), "limits");
    Node.Fields reserved = inner(inner(deploy, "resources"), "reservations");
    size("memory_max", value("mem_limit"), service.place("mem_limit"));
    size("memory_max", limits.value("memory"), limits.place("memory"));
    size("memory_low", value("mem_reservation"), service.place("mem_reservation"));
    size("memory_low", reserved.value("memory"), reserved.place("memory"));
    cpus(value("cpus"), service.place("cpus"));
    cpus(limits.value("cpus"), limits.place("cpus"));
    pids(value("pids_limit"), service.place("pids_limit"));
    pids(limits.value("pids"), limits.place("pids"));
    deploy
        .map()
        .forEach((key, _) -> {
          if (!List.of("resources", "replicas", "restart_policy").contains(key)) {
            report.note(
                Fidelity.DROPPED,
                deploy.place(key),
                "deploy." + key,
                "belongs to a swarm of machines");
          }
        });
  }

  private static Node.Fields inner(Node.Fields fields, String key) {
    return fields.value(key) instanceof Node.Fields found
        ? found
        : new Node.Fields(Map.of(), Map.of(), fields.at());
  }

  private void size(String property, @Nullable Node node, Origin.File at) {
    Optional<String> text = reading.text(node);
    if (text.isEmpty() || text.get().equals("0")) {
      return;
    }
    Optional<String> bytes = Quantities.bytes(text.get());
    if (bytes.isEmpty()) {
      report.problem(at, "cannot read \"" + text.get() + "\" as a size", "one is like 512m");
    } else {
      draft.text(RESOURCES, property, bytes.get(), at);
      report.note(Fidelity.EXACT, at, property, "");
    }
  }

  private void cpus(@Nullable Node node, Origin.File at) {
    Optional<String> text = reading.text(node);
    if (text.isEmpty() || text.get().matches("0(\\.0*)?")) {
      return;
    }
    if (text.get().matches("[0-9]{0,4}(\\.[0-9]{1,6})?") && !text.get().isEmpty()) {
      long percent = Math.max(1, Math.round(Double.parseDouble(text.get()) * 100));
      draft.text(RESOURCES, "cpu_max", percent + "%", at);
      report.note(Fidelity.EXACT, at, "cpus", "");
    } else {
      report.problem(
          at, "cannot read \"" + text.get() + "\" as a number of processors", "one is like 1.5");
    }
  }

  private void pids(@Nullable Node node, Origin.File at) {
    reading
        .number(node, -1, 4_194_304)
        .filter(count -> !count.startsWith("-") && !count.equals("0"))
        .ifPresent(count -> {
          draft.text(RESOURCES, "pids_max", count, at);
          report.note(Fidelity.EXACT, at, "pids_limit", "");
        });
  }

  /// Notes what nothing above has said anything about.
  private void other(String key, Node node) {
    if (key.startsWith("x-") || ELSEWHERE.contains(key)) {
      return;
    }
    switch (key) {
      case "command",
          "entrypoint",
          "restart",
          "security_opt",
          "cap_add",
          "cap_drop",
          "ulimits",
          "user",
          "deploy",
          "healthcheck" -> {
        // noted where they are read
      }
      case "environment",
          "env_file",
          "working_dir",
          "group_add",
          "stop_signal",
          "stop_grace_period",
          "mem_limit",
          "mem_reservation",
          "cpus",
          "pids_limit",
          "oom_score_adj" ->
          note(
              key.equals("working_dir") ? Fidelity.APPROXIMATED : Fidelity.EXACT,
              key,
              key.equals("working_dir") ? "has to be a directory of this machine" : "");
      case "init", "stdin_open", "tty" ->
          note(
              Fidelity.APPROXIMATED,
              key,
              key.equals("init")
                  ? "svc.startd reaps what is left over"
                  : "standard input is the null device");
      case "ports", "expose" ->
          note(
              Fidelity.APPROXIMATED,
              key,
              "it listens on this machine itself; no port is mapped to another");
      case "image", "build", "platform", "pull_policy" ->
          note(Fidelity.DROPPED, key, "the command runs on this machine, without an image");
      case "volumes", "volumes_from", "tmpfs", "read_only" ->
          note(Fidelity.DROPPED, key, "it sees the files of this machine as they are");
      case "networks",
          "network_mode",
          "dns",
          "dns_search",
          "extra_hosts",
          "hostname",
          "domainname",
          "mac_address" ->
          note(
              Fidelity.DROPPED,
              key,
              "it uses the network of this machine; other services are at 127.0.0.1");
      case "secrets", "configs" ->
          note(Fidelity.DROPPED, key, "nothing is mounted; name the file in its configuration");
      case "privileged" -> {
        if (reading.flag(node, true)) {
          note(Fidelity.DROPPED, key, "belongs to containers");
        }
      }
      case "container_name", "labels", "annotations", "logging", "develop" ->
          note(Fidelity.DROPPED, key, "belongs to containers; the log is svcs -L");
      default ->
          note(
              Fidelity.DROPPED,
              key,
              "has no counterpart"
                  + (node instanceof Node.Scalar ? "" : "; see what is in it yourself"));
    }
  }
}
