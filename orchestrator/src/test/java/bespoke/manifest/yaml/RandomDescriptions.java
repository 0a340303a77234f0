package bespoke.manifest.yaml;

import bespoke.model.Dependency;
import bespoke.model.Grouping;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.RestartOn;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// Makes valid descriptions of all sorts from a seed.
final class RandomDescriptions {

  private static final String[] WORDS = {
    "a",
    "web",
    "x-1",
    "net_work",
    "Yes",
    "no",
    "on",
    "null",
    "~",
    "true",
    "1",
    "022",
    "1e3",
    "0x1f",
    "-",
    "- a",
    "a: b",
    "a #b",
    "#",
    "",
    " ",
    " lead",
    "trail ",
    "a\nb",
    "a\n\nb\n",
    "\n",
    "tab\there",
    "quote\"",
    "it's",
    "back\\slash",
    "{}",
    "[a]",
    "*x",
    "&x",
    "!t",
    "%d",
    "@",
    "`",
    "|",
    ">",
    "é",
    "日本",
    "\uD83D\uDE00",
    "\u2028",
    "\u0085",
    "a,b",
    "svc:/a:b",
    "12:30",
    "2020-01-01",
    ".5",
    "+1",
    "=",
    "<<",
    "---",
    "...",
    "? a",
    "a:",
    ":a",
    "type",
    "\r",
    "#!/bin/sh\nexec x \"$1\"\n\tindented\n",
    "x\n  y\n",
    "\u0001"
  };

  private final Random random;

  RandomDescriptions(long seed) {
    this.random = new Random(seed);
  }

  ServiceDescription next() {
    ServiceFmri fmri = new ServiceFmri("site/" + name());
    List<InstanceDescription> instances = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String name = i == 0 && random.nextBoolean() ? "default" : "i" + i;
      boolean bare = random.nextInt(3) == 0;
      instances.add(
          new InstanceDescription(
              name,
              Optional.of(random.nextBoolean()),
              bare ? PropertyGroups.EMPTY : groups(),
              bare ? List.of() : dependents(fmri, name),
              Origin.UNKNOWN));
    }
    return new ServiceDescription(fmri, groups(), instances, dependents(fmri, ""), Origin.UNKNOWN);
  }

  private List<Dependent> dependents(ServiceFmri fmri, String instance) {
    List<Dependent> dependents = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      Dependency dependency =
          new Dependency(
              "d" + i + instance,
              Grouping.values()[random.nextInt(4)],
              RestartOn.values()[random.nextInt(4)],
              List.of(instance.isEmpty() ? fmri : fmri.instance(instance)),
              Origin.UNKNOWN);
      dependents.add(new Dependent(dependency, new ServiceFmri("milestone/m")));
    }
    return dependents;
  }

  private PropertyGroups groups() {
    List<PropertyGroup> groups = new ArrayList<>();
    List<Supplier<PropertyGroup>> makers =
        List.of(
            () -> group("tm_common_name", "template", one("C", PropertyType.USTRING, line())),
            () -> group("tm_description", "template", one("C", PropertyType.USTRING, word())),
            () ->
                group(
                    "general",
                    "framework",
                    one("restarter", PropertyType.FMRI, "svc:/site/r:default"),
                    one("action_authorization", PropertyType.ASTRING, word())),
            this::requires,
            this::dependency,
            () -> method("start", "/bin/" + plain()),
            () -> method("stop", random.nextBoolean() ? ":kill" : ":kill -HUP"),
            this::monitor,
            this::readiness,
            this::startd,
            () -> group("method_context", "framework", context()),
            () -> group("resources", "framework", one("memory_max", PropertyType.ASTRING, "64M")),
            () -> anything("config"),
            () -> anything("more"),
            () -> anything("tm_man_x"));
    for (Supplier<PropertyGroup> maker : makers) {
      if (random.nextInt(3) == 0) {
        groups.add(maker.get());
      }
    }
    return PropertyGroups.of(groups);
  }

  private PropertyGroup requires() {
    return group(
        "requires",
        "dependency",
        one("grouping", PropertyType.ASTRING, "require_all"),
        one("restart_on", PropertyType.ASTRING, random.nextBoolean() ? "none" : "error"),
        one("type", PropertyType.ASTRING, "service"),
        many("entities", PropertyType.FMRI, "svc:/a/b", "svc:/c:d"));
  }

  private PropertyGroup dependency() {
    boolean path = random.nextBoolean();
    return group(
        "dep",
        "dependency",
        one("grouping", PropertyType.ASTRING, "optional_all"),
        one("restart_on", PropertyType.ASTRING, "restart"),
        one("type", PropertyType.ASTRING, path ? "path" : "service"),
        many("entities", PropertyType.FMRI, path ? "file://localhost/etc/x y" : "svc:/a/b"));
  }

  private PropertyGroup method(String name, String exec) {
    List<Property> properties = new ArrayList<>();
    properties.add(one("type", PropertyType.ASTRING, "method"));
    properties.add(one("exec", PropertyType.ASTRING, exec));
    if (random.nextBoolean()) {
      String[] counts = {"0", "60", "18446744073709551615"};
      properties.add(one("timeout_seconds", PropertyType.COUNT, counts[random.nextInt(3)]));
    } else {
      properties.add(one("timeout_seconds", PropertyType.TIME, "0.250000000"));
    }
    if (random.nextInt(3) == 0) {
      properties.add(one("privileges", PropertyType.ASTRING, word()));
    }
    if (random.nextBoolean()) {
      properties.addAll(List.of(context()));
    }
    return group(name, "method", properties.toArray(Property[]::new));
  }

  private PropertyGroup monitor() {
    return group(
        "monitor",
        "method",
        one("type", PropertyType.ASTRING, "monitor"),
        one("probe", PropertyType.ASTRING, "http"),
        one("target", PropertyType.ASTRING, "http://x:%{config/port}/"),
        one("failures", PropertyType.COUNT, "2"));
  }

  private PropertyGroup readiness() {
    boolean probe = random.nextBoolean();
    return probe
        ? group(
            "readiness",
            "framework",
            one("notify", PropertyType.ASTRING, "tcp"),
            one("target", PropertyType.ASTRING, "localhost:80"))
        : group("readiness", "framework", one("notify", PropertyType.ASTRING, "fd:7"));
  }

  private PropertyGroup startd() {
    String[] ignored = {"core", "signal", "core,signal", "nothing"};
    return group(
        "startd",
        "framework",
        one("duration", PropertyType.ASTRING, "child"),
        one("ignore_error", PropertyType.ASTRING, ignored[random.nextInt(4)]),
        one("timeout_retry", PropertyType.BOOLEAN, "false"),
        one("critical_failure_count", PropertyType.INTEGER, "5"));
  }

  private Property[] context() {
    return new Property[] {
      one("user", PropertyType.ASTRING, "web"),
      many("supp_groups", PropertyType.ASTRING, "adm", "12"),
      many(
          "environment",
          PropertyType.ASTRING,
          "A=" + word(),
          "B=",
          "N=5",
          random.nextInt(4) == 0 ? "A=2" : "C=3"),
      many("limits", PropertyType.ASTRING, "nofile=1024:4096", "core=0"),
      many("capabilities", PropertyType.ASTRING),
      one("no_new_privileges", PropertyType.BOOLEAN, "true"),
      one("nice", PropertyType.INTEGER, "-5"),
      one("umask", PropertyType.ASTRING, "022"),
    };
  }

  private PropertyGroup anything(String name) {
    List<Property> properties = new ArrayList<>();
    for (int i = 0; i < random.nextInt(6); i++) {
      properties.add(property(i == 0 && random.nextInt(4) == 0 ? "type" : "p" + i));
    }
    if (random.nextInt(5) == 0) {
      properties.add(property("properties"));
    }
    String type = random.nextBoolean() ? "application" : "framework";
    return group(name, type, properties.toArray(Property[]::new));
  }

  private Property property(String name) {
    int count = random.nextInt(4);
    PropertyType[] types = {
      PropertyType.ASTRING, PropertyType.INTEGER, PropertyType.BOOLEAN, PropertyType.COUNT,
      PropertyType.TIME, PropertyType.OPAQUE, PropertyType.FMRI, PropertyType.USTRING
    };
    PropertyType type = types[random.nextInt(types.length)];
    String[] values = new String[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (type) {
            case INTEGER -> Integer.toString(random.nextInt());
            case BOOLEAN -> Boolean.toString(random.nextBoolean());
            case COUNT -> Integer.toString(random.nextInt(1 << 30));
            case TIME -> "12.500000000";
            case OPAQUE -> "00ff";
            case FMRI -> "svc:/a:b";
            default -> word();
          };
    }
    return many(name, type, values);
  }

  private String name() {
    return "n" + random.nextInt(1000);
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)]
        + (random.nextBoolean() ? "" : WORDS[random.nextInt(WORDS.length)]);
  }

  private String line() {
    return word().replace('\n', ' ');
  }

  private String plain() {
    return "x" + random.nextInt(100) + " \"" + line() + "\"";
  }

  private static PropertyGroup group(String name, String type, Property... properties) {
    return PropertyGroup.of(name, type, List.of(properties), Origin.UNKNOWN);
  }

  private static Property one(String name, PropertyType type, String value) {
    return Property.of(name, type, value, Origin.UNKNOWN);
  }

  private static Property many(String name, PropertyType type, String... values) {
    return new Property(name, type, List.of(values), Origin.UNKNOWN);
  }
}
