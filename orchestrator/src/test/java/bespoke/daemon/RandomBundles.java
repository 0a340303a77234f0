package bespoke.daemon;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/// Manifests as the DTD allows them: every element, every type of value, in any order, with names
/// and texts as people write them and as nobody should.
///
/// What the DTD leaves open and SMF does not (names that are there twice, a value that is none of
/// its type) is never made.
final class RandomBundles {

  private static final List<String> TYPES =
      List.of(
          "astring",
          "astring",
          "astring",
          "boolean",
          "count",
          "fmri",
          "host",
          "hostname",
          "integer",
          "net_address",
          "net_address_v4",
          "net_address_v6",
          "opaque",
          "time",
          "uri",
          "ustring");
  private static final List<String> NAMES =
      List.of(
          "a",
          "config",
          "B9",
          "x-y",
          "x_y",
          "com.sun,fw",
          "Mixed.Case",
          "filesystem-local",
          "type",
          "name",
          "services",
          "port",
          "true",
          "null",
          "yes",
          "enabled",
          "value",
          "n1",
          "on",
          "no");
  private static final List<String> TEXTS =
      List.of(
          "",
          "word",
          "two words",
          "  blanks  ",
          "it's",
          "a \"quoted\" text",
          "&lt;a&gt; &amp; b",
          "first&#10;second",
          "tab&#9;bed",
          "- {a: 1} # no",
          "#",
          "%{config/port}",
          "%m %i %f",
          "$HOME `id` $(id)",
          "{zone}:/etc/x,y",
          "0010",
          "1e3",
          "true",
          "null",
          "~",
          ":kill",
          "a: b",
          "key=value",
          "|",
          ">-",
          "*x",
          "[a, b]");
  private static final List<String> EVENTS =
      List.of("to-maintenance", "from-online", "to-offline,from-degraded", "all", "to-all");
  private static final List<String> STABILITIES =
      List.of("Standard", "Stable", "Evolving", "Unstable", "External", "Obsolete", "Private");

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private int dependents;

  private RandomBundles(Random random) {
    this.random = random;
  }

  /// The text of one manifest.
  static String write(Random random) {
    RandomBundles bundle = new RandomBundles(random);
    bundle.bundle();
    return bundle.out.toString();
  }

  private void bundle() {
    out.append("<?xml version='1.0'?>\n<!DOCTYPE service_bundle SYSTEM \"/none.dtd\">\n");
    out.append("<service_bundle type='manifest' name='random'>\n");
    names(List.of("site/a", "network/b_1", "system/c-d/e", "F"), 1, 3).forEach(this::service);
    out.append("</service_bundle>\n");
  }

  private void service(String name) {
    out.append("<service name='" + name + "' type='" + any("service", "restarter", "milestone"));
    out.append("' version='" + random.nextInt(9) + "'>\n");
    List<Supplier<String>> parts = level();
    List<String> instances = names(List.of("default", "b", "c-1", "D_2"), 0, 3);
    if (!instances.contains("default") && chance(3)) {
      parts.add(() -> "<create_default_instance enabled='" + flag() + "'/>\n");
    }
    if (chance(2)) {
      parts.add(() -> "<single_instance/>\n");
    }
    if (chance(2)) {
      parts.add(this::stability);
    }
    for (String instance : instances) {
      parts.add(() -> element("instance", "name='" + instance + "' enabled='" + flag() + "'"));
    }
    Collections.shuffle(parts, random);
    parts.forEach(part -> out.append(part.get()));
    out.append("</service>\n");
  }

  private String element(String tag, String attributes) {
    List<Supplier<String>> parts = level();
    Collections.shuffle(parts, random);
    StringBuilder text = new StringBuilder("<" + tag + " " + attributes + ">\n");
    parts.forEach(part -> text.append(part.get()));
    return text + "</" + tag + ">\n";
  }

  /// What a service and an instance have in common; each name of a group once.
  private List<Supplier<String>> level() {
    List<Supplier<String>> parts = new ArrayList<>();
    List<String> groups = names(NAMES, 0, 9);
    for (String group : groups) {
      switch (random.nextInt(3)) {
        case 0 -> parts.add(() -> dependency(group));
        default -> parts.add(() -> group(group));
      }
    }
    names(List.of("start", "stop", "refresh", "restart", "other"), 0, 5)
        .forEach(method -> parts.add(() -> method(method)));
    names(List.of("d1", "d-2", "multi-user"), 0, 2).forEach(it -> parts.add(() -> dependent(it)));
    if (chance(3)) {
      parts.add(this::context);
    }
    if (chance(4)) {
      parts.add(this::startd);
    }
    if (chance(4)) {
      parts.add(this::notification);
    }
    if (chance(3)) {
      parts.add(this::template);
    }
    if (chance(6)) {
      parts.add(() -> "<restarter><service_fmri value='svc:/site/own:default'/></restarter>\n");
    }
    return parts;
  }

  private String dependency(String name) {
    boolean paths = chance(4);
    StringBuilder text =
        new StringBuilder(
            "<dependency name='"
                + name
                + "' grouping='"
                + grouping()
                + "' restart_on='"
                + events());
    text.append("' type='" + (paths ? "path" : "service") + "'>");
    for (int i = random.nextInt(4); i > 0; i--) {
      String entity =
          paths
              ? any("file:///etc/a.conf", "file://localhost/etc/b", "file:///var/a b/c" + i)
              : any("svc:/x/y" + i, "svc:/x:i" + i, "svc://localhost/x/z" + i + ":default");
      text.append("<service_fmri value='" + entity + "'/>");
    }
    return text + properties(chance(5)) + "</dependency>\n";
  }

  private String dependent(String name) {
    return "<dependent name='"
        + name
        + ++dependents
        + "' grouping='"
        + grouping()
        + "' restart_on='"
        + events()
        + "'><service_fmri value='"
        + any("svc:/t/one", "svc:/t/two:default", "svc:/milestone/multi-user")
        + "'/></dependent>\n";
  }

  private String method(String name) {
    return "<exec_method type='method' name='"
        + name
        + "' exec='"
        + any(
            ":kill", ":kill -HUP", ":true", "/bin/true %m", "/bin/sh -c &quot;a &amp;&amp; b&quot;")
        + "' timeout_seconds='"
        + any("0", "60", "-1", "18446744073709551615")
        + "'>"
        + (chance(3) ? context() : "")
        + properties(chance(5))
        + "</exec_method>\n";
  }

  private String context() {
    StringBuilder text = new StringBuilder("<method_context");
    text.append(chance(2) ? " working_directory='" + any("/", ":home", "/srv/a b") + "'" : "");
    text.append(chance(4) ? " project='" + any(":default", "user.root") + "'" : "");
    text.append(chance(4) ? " resource_pool=':default'" : "").append(">");
    if (chance(2)) {
      text.append("<method_credential user='" + any("root", "web", "%{config/user}") + "'");
      text.append(chance(2) ? " group='" + any("root", ":default") + "'" : "");
      text.append(chance(3) ? " supp_groups='" + any("adm,tty", ":default", "") + "'" : "");
      text.append(
          chance(2)
              ? " privileges='"
                  + any("basic", "all", "zone", "basic,net_privaddr,!proc_info", ":default")
                  + "'"
              : "");
      text.append(chance(4) ? " limit_privileges=':default'" : "").append("/>");
    } else if (chance(3)) {
      text.append("<method_profile name='" + any("Web", "Name Service Management") + "'/>");
    }
    if (chance(2)) {
      text.append("<method_environment>");
      for (String name : names(List.of("PATH", "LANG", "A_1", "lower"), 1, 3)) {
        text.append("<envvar name='" + name + "' value=\"" + text() + "\"/>");
      }
      text.append("</method_environment>");
    }
    return text + "</method_context>\n";
  }

  private String startd() {
    return "<property_group name='startd' type='framework'>"
        + "<propval name='duration' type='astring' value='"
        + any("contract", "transient", "child")
        + "'/><propval name='ignore_error' type='astring' value='core,signal'/></property_group>\n";
  }

  private String group(String name) {
    String type = any("application", "framework", "com.sun,fw_configuration", "sysidtool");
    return "<property_group name='g_"
        + name
        + "' type='"
        + type
        + "'>"
        + properties(true)
        + "</property_group>\n";
  }

  private String properties(boolean wanted) {
    if (!wanted) {
      return "";
    }
    StringBuilder text = new StringBuilder(chance(4) ? stability() : "");
    for (String name : names(NAMES, 0, 6)) {
      String type = TYPES.get(random.nextInt(TYPES.size()));
      String start = " name='p_" + name + "' type='" + type + "'";
      if (chance(2)) {
        text.append("<propval" + start + " value=\"" + value(type) + "\"/>\n");
      } else if (chance(8)) {
        text.append("<property" + start + "/>\n");
      } else {
        text.append("<property" + start + "><" + type + "_list>");
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
          text.append("<value_node value=\"" + value(type) + "\"/>");
        }
        text.append("</" + type + "_list></property>\n");
      }
    }
    return text.toString();
  }

  private String value(String type) {
    return switch (type) {
      case "boolean" -> any("true", "false", "0", "1");
      case "count" -> any("0", "017", "0x1F", "18446744073709551615");
      case "integer" -> any("-1", "-0x10", "9223372036854775807", "-9223372036854775808");
      case "time" -> any("0", "1.5", "1234567890.123456789");
      case "opaque" -> any("00ff", "DEADBEEF", "");
      case "host" -> any("db.example.org", "10.0.0.1", "fe80::1");
      case "hostname" -> any("db", "a-b.example.org");
      case "net_address" -> any("10.0.0.0/8", "10.0.0.1", "fe80::1");
      case "net_address_v4" -> any("10.0.0.1", "192.168.0.0/16");
      case "net_address_v6" -> any("::1", "fe80::/10");
      case "fmri" -> any("svc:/a/b:c", "svc:/a/b", "lrc:/etc/rc3_d/S99x", "file:///etc/x");
      case "uri" -> any("https://example.org/?a=b&amp;c=d", "file:///x", "mailto:a@b");
      case "ustring" -> any(text(), "Grüße 世界 🙂");
      default -> text();
    };
  }

  private String notification() {
    return "<notification_parameters><event value='"
        + EVENTS.get(random.nextInt(EVENTS.size()))
        + "'/><type name='smtp' active='"
        + flag()
        + "'><parameter name='to'><value_node value='root@localhost'/><value_node value='a@b'/>"
        + "</parameter><paramval name='msg_template' value=\""
        + text()
        + "\"/></type></notification_parameters>\n";
  }

  private String template() {
    StringBuilder text = new StringBuilder("<template>" + words("common_name"));
    text.append(chance(2) ? words("description") : "");
    text.append("<documentation><manpage title='" + any("inetd", "MySQL 8.0") + "' section='1M'");
    text.append(chance(2) ? " manpath='/usr/share/man'/>" : "/>");
    text.append("<doc_link name='home page' uri='http://example.org/'/></documentation>");
    for (String name : names(List.of("config", "g_a", ""), 0, 3)) {
      text.append("<pg_pattern name='" + name + "' type='application' required='" + flag() + "'");
      text.append(" target='" + any("this", "instance", "delegate") + "'>");
      text.append(chance(2) ? words("description") : "");
      names(NAMES, 0, 4).forEach(property -> text.append(pattern(property)));
      text.append("</pg_pattern>\n");
    }
    return text + "</template>\n";
  }

  private String pattern(String name) {
    boolean numbers = chance(2);
    StringBuilder text = new StringBuilder("<prop_pattern name='" + name + "' type='");
    text.append((numbers ? "count" : "astring") + "' required='" + flag() + "'>");
    text.append(chance(3) ? words("common_name") : "")
        .append(chance(3) ? words("description") : "");
    text.append(chance(3) ? words("units") : "");
    text.append(chance(3) ? "<visibility value='" + any("hidden", "readonly") + "'/>" : "");
    text.append(chance(3) ? "<cardinality min='1' max='" + any("1", "7") + "'/>" : "");
    text.append(chance(4) ? "<internal_separators>, ;</internal_separators>" : "");
    String one = numbers ? "7" : any("a", "b c");
    String range = numbers ? "<range min='1' max='9'/>" : "";
    text.append(
        chance(3)
            ? "<values><value name='" + one + "'>" + words("description") + "</value></values>"
            : "");
    text.append(
        chance(3) ? "<constraints><value name='" + one + "'/>" + range + "</constraints>" : "");
    text.append(
        chance(3)
            ? "<choices><value name='"
                + one
                + "'/>"
                + range
                + "<include_values type='values'/></choices>"
            : "");
    return text + "</prop_pattern>\n";
  }

  private String words(String tag) {
    String more = chance(3) ? "<loctext xml:lang='de'>\n\tzwei Wörter\n</loctext>" : "";
    return "<"
        + tag
        + "><loctext xml:lang='C'>\n\t  some\n  words\n</loctext>"
        + more
        + "</"
        + tag
        + ">";
  }

  private String stability() {
    return "<stability value='" + STABILITIES.get(random.nextInt(STABILITIES.size())) + "'/>";
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size())).replace("\"", "&quot;");
  }

  private String grouping() {
    return any("require_all", "require_any", "optional_all", "exclude_all");
  }

  private String events() {
    return any("none", "error", "restart", "refresh");
  }

  private String flag() {
    return any("true", "false");
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private List<String> names(List<String> all, int least, int bound) {
    Set<String> chosen = new LinkedHashSet<>();
    int wanted = least + random.nextInt(bound - least);
    while (chosen.size() < wanted) {
      chosen.add(all.get(random.nextInt(all.size())));
    }
    return List.copyOf(chosen);
  }
}
