package bespoke.manifest.smf;

import static bespoke.model.definition.SolarisPrivileges.BASIC;
import static bespoke.model.definition.SolarisPrivileges.EVERYTHING;
import static bespoke.model.definition.SolarisPrivileges.EXTENDED;
import static bespoke.model.definition.SolarisPrivileges.TWINS;
import static bespoke.model.definition.SolarisPrivileges.capabilities;
import static bespoke.model.definition.SolarisPrivileges.isTakenAway;
import static bespoke.model.definition.SolarisPrivileges.parts;
import static bespoke.model.definition.SolarisPrivileges.words;

import bespoke.manifest.Fidelity;
import bespoke.model.definition.LinuxNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/// Reports what becomes of the privileges of a credential.
final class PrivilegeReport {

  private PrivilegeReport() {}

  /// Tells what becomes of the privileges of a credential, and of each that has no twin.
  static void report(XmlElement credential, Findings findings) {
    String text = credential.attribute("privileges", ":default");
    Optional<List<String>> meant = capabilities(text);
    if (meant.isPresent()) {
      findings.attribute(
          Fidelity.APPROXIMATED,
          credential,
          "privileges",
          meant.get().size() == LinuxNames.CAPABILITIES.size()
              ? "all capabilities"
              : "capabilities " + meant.get());
    }
    for (String line : withoutTwin(text)) {
      findings.attribute(Fidelity.DROPPED, credential, "privileges", line);
    }
    String limit = credential.attribute("limit_privileges", ":default");
    if (!List.of(":default", "zone", "all", "default").contains(limit)) {
      findings.attribute(
          Fidelity.APPROXIMATED,
          credential,
          "limit_privileges",
          "kept; the limit of capabilities is what privileges= gives");
    }
  }

  private static List<String> withoutTwin(String text) {
    List<String> lines = new ArrayList<>();
    for (String word : words(text)) {
      String name = isTakenAway(word) ? word.substring(1) : word;
      boolean set =
          EVERYTHING.contains(name)
              || List.of("basic", "default", "none", ":default").contains(name);
      if (set) {
        continue;
      }
      if (BASIC.contains(name)) {
        if (isTakenAway(word)) {
          lines.add(name + " cannot be taken from a process of Linux");
        }
      } else if (!TWINS.containsKey(name)) {
        lines.add(name + " is no privilege of Solaris");
      } else if (TWINS.getOrDefault(name, List.of()).isEmpty() && !isTakenAway(word)) {
        lines.add(name + " has no twin among the capabilities");
      }
    }
    for (String part : parts(text)) {
      Matcher extended = EXTENDED.matcher(part);
      if (extended.matches() && !part.startsWith("{net_privaddr}:")) {
        lines.add(part + ": capabilities are for everything, never for one object");
      } else if (extended.matches()) {
        lines.add(part + ": net_bind_service opens every port below 1024");
      }
    }
    return lines;
  }
}
