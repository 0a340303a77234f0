package bespoke.manifest.smf;

import bespoke.manifest.Fidelity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The attributes of the DTD, and what Solaris 11.4 adds to them.
///
/// What is in neither is left out, with a line of the report.
final class Vocabulary {

  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("service_bundle", Set.of("type", "name")),
          Map.entry("service", Set.of("name", "version", "type")),
          Map.entry("instance", Set.of("name", "enabled")),
          Map.entry("create_default_instance", Set.of("enabled")),
          Map.entry("single_instance", Set.of()),
          Map.entry("restarter", Set.of()),
          Map.entry("service_fmri", Set.of("value")),
          Map.entry("dependency", Set.of("name", "grouping", "restart_on", "type", "delete")),
          Map.entry("dependent", Set.of("name", "grouping", "restart_on", "delete", "override")),
          Map.entry(
              "method_context",
              Set.of("working_directory", "project", "resource_pool", "security_flags")),
          Map.entry("method_profile", Set.of("name")),
          Map.entry(
              "method_credential",
              Set.of("user", "group", "supp_groups", "privileges", "limit_privileges")),
          Map.entry("method_environment", Set.of()),
          Map.entry("envvar", Set.of("name", "value")),
          Map.entry("exec_method", Set.of("name", "type", "exec", "timeout_seconds", "delete")),
          Map.entry(
              "periodic_method",
              Set.of(
                  "period", "delay", "jitter", "recover", "persistent", "exec", "timeout_seconds")),
          Map.entry(
              "scheduled_method",
              Set.of(
                  "interval",
                  "frequency",
                  "timezone",
                  "year",
                  "week_of_year",
                  "month",
                  "day_of_month",
                  "weekday_of_month",
                  "day",
                  "hour",
                  "minute",
                  "recover",
                  "exec",
                  "timeout_seconds")),
          Map.entry("property_group", Set.of("name", "type", "delete")),
          Map.entry("propval", Set.of("name", "type", "value", "override")),
          Map.entry("property", Set.of("name", "type", "override")),
          Map.entry("value_node", Set.of("value")),
          Map.entry("stability", Set.of("value")),
          Map.entry("template", Set.of()),
          Map.entry("common_name", Set.of()),
          Map.entry("description", Set.of()),
          Map.entry("loctext", Set.of("xml:lang")),
          Map.entry("documentation", Set.of()),
          Map.entry("manpage", Set.of("title", "section", "manpath")),
          Map.entry("doc_link", Set.of("name", "uri")),
          Map.entry("pg_pattern", Set.of("name", "type", "required", "target")),
          Map.entry("prop_pattern", Set.of("name", "type", "required")),
          Map.entry("units", Set.of()),
          Map.entry("visibility", Set.of("value")),
          Map.entry("cardinality", Set.of("min", "max")),
          Map.entry("internal_separators", Set.of()),
          Map.entry("values", Set.of()),
          Map.entry("value", Set.of("name")),
          Map.entry("constraints", Set.of()),
          Map.entry("range", Set.of("min", "max")),
          Map.entry("choices", Set.of()),
          Map.entry("include_values", Set.of("type")),
          Map.entry("notification_parameters", Set.of("event")),
          Map.entry("event", Set.of("value")),
          Map.entry("type", Set.of("name", "active")),
          Map.entry("parameter", Set.of("name")),
          Map.entry("paramval", Set.of("name", "value")));

  /// Attributes of Solaris 11.4, by element or for every element.
  private static final Map<String, String> SOLARIS =
      Map.ofEntries(
          Map.entry("complete", "whether a description is whole is found out by reading it"),
          Map.entry("clearance", "Linux has no label clearances"),
          Map.entry("trusted_path", "Linux has no trusted path of processes"),
          Map.entry("audit_flags", "use auditd's rules"),
          Map.entry("pfexec", "Linux has no rights profiles"),
          Map.entry("proc_security_flags", "Linux has no process security flags"),
          Map.entry("include_values", "it is read in <choices>"),
          Map.entry("file", "the file of an origin is recorded by itself"));

  private static final List<String> NAMESPACES = List.of("xmlns", "xml:");

  private Vocabulary() {}

  /// Notes the attributes of an element that nobody reads.
  static void checkAttributes(XmlElement element, Findings findings) {
    Set<String> known = ATTRIBUTES.get(element.name());
    if (known == null) {
      return; // the whole element is left out, and has its line
    }
    for (String attribute : element.attributes().keySet()) {
      if (!known.contains(attribute) && NAMESPACES.stream().noneMatch(attribute::startsWith)) {
        findings.attribute(
            Fidelity.DROPPED,
            element,
            attribute,
            SOLARIS.getOrDefault(attribute, "the DTD has no such attribute"));
      }
    }
  }

  /// Notes an element that nobody reads.
  static void unknown(XmlElement element, XmlElement parent, Findings findings) {
    findings.dropped(
        element,
        switch (element.name()) {
          case "logfile_attributes" -> "the logs of all services belong to the daemon's user";
          default ->
              ATTRIBUTES.containsKey(element.name())
                  ? "it means nothing inside of <" + parent.name() + ">"
                  : "the DTD has no such element";
        });
  }
}
