package bespoke.supervisor.delegate;

import bespoke.supervisor.config.Dependencies;
import bespoke.supervisor.config.GroupConfig;
import bespoke.supervisor.config.GroupKind;
import bespoke.supervisor.config.ProcessConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Names and describes programs as services: `svc:/site/supervisord/PROGRAM:PROCESS`.
final class ProgramDescriptions {
  private final String restarter;
  private final String parent;

  /// @param restarter the service instance that supervisord is, such as
  ///   `svc:/site/supervisord:default`
  ProgramDescriptions(String restarter) {
    this.restarter = restarter;
    String path = restarter.startsWith("svc:/") ? restarter.substring(5) : restarter;
    int colon = path.lastIndexOf(':');
    String instance = colon < 0 ? "default" : path.substring(colon + 1);
    String service = colon < 0 ? path : path.substring(0, colon);
    parent = instance.equals("default") ? service : service + "/" + component(instance);
  }

  /// The instance that a process is.
  String instance(ProcessConfig process) {
    return "svc:/" + service(process.program()) + ":" + instanceName(process.name());
  }

  private String service(String program) {
    return parent + "/" + component(program);
  }

  /// Other characters than SMF allows become `_`.
  private static String instanceName(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9_.-]", "_");
    return clean.matches("[A-Za-z0-9].*") ? clean : "p" + clean;
  }

  private static String component(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9_-]", "_");
    return clean.matches("[A-Za-z].*") ? clean : "p" + clean;
  }

  /// The descriptions of all programs, a YAML document each. Event listeners are the server's own
  /// affair.
  String yaml(Collection<GroupConfig> groups) {
    Map<String, StringBuilder> documents = new LinkedHashMap<>();
    for (GroupConfig group : groups) {
      if (!(group.kind() instanceof GroupKind.Pool)) {
        for (ProcessConfig process : group.processes()) {
          documents
              .computeIfAbsent(service(process.program()), name -> document(name, process))
              .append(
                  "  \""
                      + instanceName(process.name())
                      + "\": {enabled: "
                      + process.start().autostart()
                      + "}\n");
        }
      }
    }
    return String.join("---\n", documents.values());
  }

  private StringBuilder document(String service, ProcessConfig process) {
    var text = new StringBuilder("service: " + service + "\n");
    text.append("common_name: \"program " + component(process.program()) + " of supervisord\"\n");
    text.append("restarter: \"" + restarter + "\"\n");
    Dependencies dependencies = process.dependencies();
    if (!dependencies.services().isEmpty()) {
      text.append("dependencies:\n");
      dependencies
          .services()
          .forEach((grouping, names) -> text.append(group(grouping, names, dependencies)));
    }
    return text.append("instances:\n");
  }

  private static String group(String grouping, List<String> names, Dependencies dependencies) {
    List<String> quoted = names.stream().map(name -> "\"" + name + "\"").toList();
    return "  "
        + grouping.replace('_', '-')
        + ": {grouping: "
        + grouping
        + ", restart_on: "
        + dependencies.restartOn()
        + ", services: ["
        + String.join(", ", quoted)
        + "]}\n";
  }
}
