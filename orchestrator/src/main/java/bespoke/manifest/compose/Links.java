package bespoke.manifest.compose;

import bespoke.manifest.Fidelity;
import bespoke.manifest.GroupDraft;
import bespoke.manifest.NearestName;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.RestartOn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `depends_on` (and `links`) of all services of a file.
final class Links {
  private final Reading reading;
  private final Map<String, Node.Fields> services;
  private final Map<String, List<Link>> links = new LinkedHashMap<>();
  private final Set<String> completed = new LinkedHashSet<>();
  private final Set<String> healthy = new LinkedHashSet<>();

  /// One entry of `depends_on`.
  private record Link(String target, boolean required, boolean restart, Origin.File at) {}

  Links(Reading reading, Map<String, Node.Fields> services) {
    this.reading = reading;
    this.services = services;
    services.forEach((name, service) -> {
      List<Link> found = new ArrayList<>();
      read(service.value("depends_on"), found);
      for (String link : reading.texts(service.value("links"))) {
        add(found, link.split(":", 2)[0], true, false, service.place("links"));
      }
      links.put(name, found);
    });
  }

  /// Whether somebody waits until it has ended well.
  boolean isOneShot(String name) {
    return completed.contains(name);
  }

  /// Whether somebody waits until it is healthy.
  boolean isAwaitedHealthy(String name) {
    return healthy.contains(name);
  }

  private void read(@Nullable Node node, List<Link> found) {
    switch (node) {
      case Node.Fields fields ->
          fields
              .map()
              .forEach((target, how) -> {
                Origin.File at = fields.place(target);
                boolean required = true;
                boolean restart = false;
                if (how instanceof Node.Fields details) {
                  condition(target, details);
                  required = reading.flag(details.value("required"), true);
                  restart = reading.flag(details.value("restart"), false);
                }
                add(found, target, required, restart, at);
              });
      case Node.Items items -> {
        for (Node item : items.list()) {
          reading.text(item).ifPresent(target -> add(found, target, true, false, item.at()));
        }
      }
      case Node.Scalar scalar ->
          reading.text(scalar).ifPresent(target -> add(found, target, true, false, scalar.at()));
      case null -> {}
    }
  }

  private void condition(String target, Node.Fields details) {
    String condition = reading.text(details.value("condition")).orElse("service_started");
    switch (condition) {
      case "service_started" -> {
        // online is started
      }
      case "service_healthy" -> healthy.add(target);
      case "service_completed_successfully" -> completed.add(target);
      default ->
          reading
              .report()
              .problem(
                  details.place("condition"),
                  "cannot use the condition \"" + condition + "\"",
                  "one of service_started, service_healthy and service_completed_successfully");
    }
  }

  private void add(
      List<Link> found, String target, boolean required, boolean restart, Origin.File at) {
    if (!services.containsKey(target)) {
      if (required) {
        reading
            .report()
            .problem(
                at,
                "cannot find the service \"" + target + "\"",
                NearestName.hint(target, services.keySet()));
      } else {
        reading.report().note(Fidelity.EXACT, at, "depends_on", target + " is not there");
      }
      return;
    }
    found.add(new Link(target, required, restart, at));
    reading.report().note(Fidelity.EXACT, at, "depends_on", "");
  }

  /// Writes the dependency groups of a service, one for each that it depends on.
  ///
  /// @param instances of each service of the file
  void fill(String name, Map<String, List<InstanceFmri>> instances, GroupDraft draft) {
    for (Link link : links.getOrDefault(name, List.of())) {
      String group = "depends_on_" + link.target().replaceAll("[^A-Za-z0-9_-]", "_");
      Grouping grouping = link.required() ? Grouping.REQUIRE_ALL : Grouping.OPTIONAL_ALL;
      RestartOn restartOn = link.restart() ? RestartOn.RESTART : RestartOn.NONE;
      put(draft, group, "grouping", PropertyType.ASTRING, List.of(grouping.toString()), link);
      put(draft, group, "restart_on", PropertyType.ASTRING, List.of(restartOn.toString()), link);
      put(draft, group, "type", PropertyType.ASTRING, List.of("service"), link);
      put(
          draft,
          group,
          "entities",
          PropertyType.FMRI,
          instances.getOrDefault(link.target(), List.of()).stream()
              .map(InstanceFmri::toString)
              .toList(),
          link);
    }
  }

  private static void put(
      GroupDraft draft,
      String group,
      String property,
      PropertyType type,
      List<String> values,
      Link link) {
    draft.put(group, PropertyGroup.DEPENDENCY, property, type, values, link.at());
  }
}
