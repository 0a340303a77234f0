package bespoke.manifest.smf;

import bespoke.manifest.Fidelity;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.ServiceDescription.InstanceDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells an instance of Solaris' inetd where to listen: what `inetd/name`, `proto`, `endpoint_type`
/// and `wait` say becomes `listen`, `accept` and `handover` (`docs/restarters.md`). A service and
/// its instances may each say a part of it, so it is worked out when both are read.
final class InetdInstances {

  private static final String RESTARTER = "svc:/network/inetd:default";
  private static final String GROUP = "inetd";

  /// Limits, and what stands for "none" here.
  private static final Map<String, String> LIMITS =
      Map.of("max_copies", "100000", "failrate_cnt", "1000000", "failrate_interval", "86400");

  private final PropertyGroups service;
  private final ServicePorts ports;
  private final Findings findings;

  InetdInstances(PropertyGroups service, ServicePorts ports, Findings findings) {
    this.service = service;
    this.ports = ports;
    this.findings = findings;
  }

  /// The instance as it is, or told where to listen.
  InstanceDescription told(InstanceDescription instance) {
    PropertyGroups composed = service.overriddenBy(instance.groups());
    boolean ours = composed.single("general", "restarter").orElse("").equals(RESTARTER);
    Optional<PropertyGroup> group = composed.group(GROUP);
    if (!ours
        || group.isEmpty()
        || group.get().property("listen").isPresent()
        || !(group.get().origin() instanceof Origin.File at)) {
      return instance;
    }
    Map<String, Property> more = new LinkedHashMap<>();
    limits(group.get(), at, more);
    listening(group.get(), at, more);
    return more.isEmpty() ? instance : with(instance, group.get(), more, at);
  }

  private static InstanceDescription with(
      InstanceDescription instance,
      PropertyGroup composed,
      Map<String, Property> more,
      Origin.File at) {
    PropertyGroup added = PropertyGroup.of(GROUP, composed.type(), more.values(), at);
    Map<String, PropertyGroup> groups = new LinkedHashMap<>(instance.groups().byName());
    groups.merge(GROUP, added, PropertyGroup::overriddenBy);
    return new InstanceDescription(
        instance.name(),
        instance.enabled(),
        new PropertyGroups(groups),
        instance.dependents(),
        instance.origin());
  }

  private void limits(PropertyGroup group, Origin.File at, Map<String, Property> more) {
    for (String name : List.of("max_copies", "failrate_cnt", "failrate_interval")) {
      Optional<Property> limit = group.property(name);
      if (limit.isPresent() && limit.get().single().orElse("").matches("-1|0")) {
        String most = LIMITS.getOrDefault(name, "");
        more.put(name, Property.of(name, limit.get().type(), most, at));
        findings.note(
            Fidelity.APPROXIMATED, at, "<propval " + name + ">", "no limit is " + most + " here");
      }
    }
  }

  private void listening(PropertyGroup group, Origin.File at, Map<String, Property> more) {
    String endpoint = group.single("endpoint_type").orElse("");
    if (group.single("isrpc").orElse("").equals("true")) {
      lost(at, "kept, but it never listens: rpcbind would have to tell its port");
      return;
    }
    if (!endpoint.equals("stream") && !endpoint.equals("dgram")) {
      lost(at, "kept, but it never listens: \"" + endpoint + "\" is neither stream nor dgram");
      return;
    }
    boolean stream = endpoint.equals("stream");
    String name = group.single("name").orElse("");
    Optional<Integer> port = port(name, stream ? "tcp" : "udp");
    if (port.isEmpty()) {
      lost(
          at,
          "kept, but it never listens: /etc/services of this machine does not know \""
              + name
              + "\"; set inetd/listen, for example to tcp://*:4711");
      return;
    }
    boolean waits = group.single("wait").map(Boolean::parseBoolean).orElse(!stream);
    List<String> addresses = addresses(group, stream ? "tcp" : "udp", port.get());
    more.put("listen", new Property("listen", PropertyType.ASTRING, addresses, at));
    more.put("accept", Property.of("accept", PropertyType.BOOLEAN, "" + (stream && !waits), at));
    more.put("handover", Property.of("handover", PropertyType.ASTRING, "stdio", at));
    findings.note(Fidelity.APPROXIMATED, at, construct(), "listens at " + addresses.getFirst());
  }

  private Optional<Integer> port(String name, String protocol) {
    if (name.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(name);
      return port >= 1 && port <= 65_535 ? Optional.of(port) : Optional.empty();
    }
    return name.isEmpty() ? Optional.empty() : ports.port(name, protocol);
  }

  /// One address: a socket of IPv6 gets the connections of IPv4, too.
  private static List<String> addresses(PropertyGroup group, String protocol, int port) {
    Set<String> families = new LinkedHashSet<>();
    for (String value : group.property("proto").map(Property::values).orElse(List.of())) {
      families.addAll(List.of(value.strip().split("[ ,]+")));
    }
    String bound = group.single("bind_addr").orElse("").strip();
    String address =
        !bound.isEmpty()
            ? bound.indexOf(':') >= 0 ? "[" + bound + "]" : bound
            : families.equals(Set.of(protocol)) ? "0.0.0.0" : "*";
    return new ArrayList<>(List.of(protocol + "://" + address + ":" + port));
  }

  private void lost(Origin.File at, String text) {
    findings.note(Fidelity.DROPPED, at, construct(), text);
  }

  private static String construct() {
    return "<property_group inetd>";
  }
}
