package bespoke.manifest.compose;

import bespoke.manifest.Fidelity;
import bespoke.model.Origin;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds where a service names another as a host, which its network resolves in a container and
/// nothing does on a machine.
final class Hosts {

  /// Variables whose whole value may be a host.
  private static final Pattern VARIABLE =
      Pattern.compile("(?i).*(HOST|SERVER|ADDR|URL|URI|ENDPOINT|BROKER|DSN|NODES).*");

  private final Node.Fields service;
  private final Reading reading;
  private final Set<String> services;

  Hosts(Node.Fields service, Reading reading, Set<String> services) {
    this.service = service;
    this.reading = reading;
    this.services = services;
  }

  /// A line of the report for each variable.
  void note(Map<String, String> environment) {
    environment.forEach((variable, value) -> {
      for (String name : services) {
        if (isHost(name, variable, value)) {
          Origin.File at =
              service.value("environment") instanceof Node.Fields fields
                  ? fields.place(variable)
                  : service.place("environment");
          reading
              .report()
              .note(
                  Fidelity.APPROXIMATED,
                  at,
                  variable,
                  "names the host "
                      + name
                      + ", which is this machine: write 127.0.0.1, or put the name into"
                      + " /etc/hosts");
          return;
        }
      }
    });
  }

  private static boolean isHost(String name, String variable, String value) {
    return value.equals(name) && VARIABLE.matcher(variable).matches()
        || value.matches("(?s)(.*[/@,;=])?" + Pattern.quote(name) + ":\\d{1,5}([^\\d].*)?")
        || value.matches("(?s).*://([^/@]*@)?" + Pattern.quote(name) + "([/?].*)?");
  }
}
