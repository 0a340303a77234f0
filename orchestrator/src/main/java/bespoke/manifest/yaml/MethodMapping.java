package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.manifest.yaml.YamlNode.Sequence;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.definition.SolarisPrivileges;
import java.util.ArrayList;
import java.util.List;

/// Maps `methods`, `readiness`, `startd`, `method_context` and `resources` (`model.definition`'s
/// package says what becomes what).
final class MethodMapping {

  /// Lists of exit statuses in `startd`.
  static final List<String> STATUSES =
      List.of("success_status", "no_restart_status", "restart_status");

  private static final List<String> PROBES = List.of("exec", "tcp", "http");

  private MethodMapping() {}

  static void add(Source source, Mapping level, List<PropertyGroup> groups) {
    if (level.value("methods") instanceof Mapping methods) {
      for (Entry entry : methods.entries()) {
        if (entry.value() instanceof Mapping content) {
          groups.add(method(source, entry.key(), content));
        }
      }
    }
    for (Entry entry : level.entries()) {
      if (entry.value() instanceof Mapping content) {
        switch (entry.key().text()) {
          case "readiness" -> groups.add(readiness(source, entry.key(), content));
          case "startd" -> groups.add(startd(source, entry.key(), content));
          case "method_context" -> groups.add(context(source, entry.key(), content));
          case "resources" -> groups.add(resources(source, entry.key(), content));
          default -> {}
        }
      }
    }
  }

  static PropertyGroup method(Source source, Scalar name, Mapping content) {
    GroupBuilder group = new GroupBuilder(source, name.text(), PropertyGroup.METHOD, name);
    if (name.text().equals("monitor")) {
      monitor(group, name, content);
    } else {
      group.add("type", PropertyType.ASTRING, "method", name);
      group.copy(content, PropertyType.ASTRING, "exec", "on_timeout");
      group.copySeconds(content, "timeout_seconds");
    }
    if (content.value("method_context") instanceof Mapping context) {
      addContext(group, context);
    }
    return SolarisPrivileges.withCapabilities(group.build());
  }

  private static void monitor(GroupBuilder group, Scalar name, Mapping content) {
    group.add("type", PropertyType.ASTRING, "monitor", name);
    addProbe(group, content, "probe");
    group.copySeconds(content, "interval_seconds", "timeout_seconds");
    group.copy(content, PropertyType.COUNT, "failures", "successes");
    group.copy(content, PropertyType.ASTRING, "on_failure");
  }

  private static void addProbe(GroupBuilder group, Mapping content, String kindProperty) {
    for (String kind : PROBES) {
      if (content.value(kind) instanceof Scalar target) {
        group.add(kindProperty, PropertyType.ASTRING, kind, target);
        group.add("target", PropertyType.ASTRING, target.text(), target);
      }
    }
  }

  static PropertyGroup readiness(Source source, Scalar name, Mapping content) {
    GroupBuilder group = new GroupBuilder(source, name.text(), PropertyGroup.FRAMEWORK, name);
    group.copy(content, PropertyType.ASTRING, "notify");
    addProbe(group, content, "notify");
    return group
        .copySeconds(
            content,
            "timeout_seconds",
            "interval_seconds",
            "probe_timeout_seconds",
            "watchdog_seconds")
        .build();
  }

  static PropertyGroup startd(Source source, Scalar name, Mapping content) {
    GroupBuilder group = new GroupBuilder(source, name.text(), PropertyGroup.FRAMEWORK, name);
    group.copy(content, PropertyType.ASTRING, "duration", "utmpx_prefix", "restart");
    YamlNode ignored = content.value("ignore_error");
    if (ignored != null) {
      String words = String.join(",", GroupBuilder.texts(ignored));
      group.add("ignore_error", PropertyType.ASTRING, words, ignored);
    }
    group.copy(content, PropertyType.INTEGER, "critical_failure_count", "critical_failure_period");
    group.copy(content, PropertyType.BOOLEAN, "timeout_retry", "need_session", "give_up");
    STATUSES.forEach(statuses -> addList(group, content, statuses));
    return group.copySeconds(content, "retry_delay", "restart_delay").build();
  }

  static PropertyGroup context(Source source, Scalar name, Mapping content) {
    GroupBuilder group = new GroupBuilder(source, name.text(), PropertyGroup.FRAMEWORK, name);
    addContext(group, content);
    return SolarisPrivileges.withCapabilities(group.build());
  }

  private static void addContext(GroupBuilder group, Mapping context) {
    group.copy(context, PropertyType.ASTRING, "user", "group", "working_directory", "umask");
    group.copy(context, PropertyType.BOOLEAN, "no_new_privileges");
    group.copy(context, PropertyType.INTEGER, "nice", "oom_score_adj");
    addList(group, context, "supp_groups");
    addList(group, context, "capabilities");
    addPairs(group, context, "environment");
    addList(group, context, "environment_files");
    addPairs(group, context, "limits");
    group.copy(
        context,
        PropertyType.ASTRING,
        "privileges",
        "limit_privileges",
        "project",
        "resource_pool");
  }

  private static void addList(GroupBuilder group, Mapping context, String key) {
    YamlNode list = context.value(key);
    if (list != null) {
      group.add(key, PropertyType.ASTRING, GroupBuilder.texts(list), list);
    }
  }

  /// `NAME=value` for each entry of a mapping; a list is taken as it is.
  private static void addPairs(GroupBuilder group, Mapping context, String key) {
    switch (context.value(key)) {
      case Mapping pairs -> {
        List<String> values = new ArrayList<>(4);
        for (Entry entry : pairs.entries()) {
          if (entry.value() instanceof Scalar value) {
            values.add(entry.key().text() + "=" + value.text());
          }
        }
        group.add(key, PropertyType.ASTRING, values, pairs);
      }
      case Sequence list -> group.add(key, PropertyType.ASTRING, GroupBuilder.texts(list), list);
      case Scalar _ -> throw new IllegalStateException("checked before");
      case null -> {}
    }
  }

  static PropertyGroup resources(Source source, Scalar name, Mapping content) {
    GroupBuilder group = new GroupBuilder(source, name.text(), PropertyGroup.FRAMEWORK, name);
    for (Entry entry : content.entries()) {
      if (entry.value() instanceof Scalar value) {
        group.add(entry.key().text(), PropertyType.ASTRING, value.text(), value);
      }
    }
    return group.build();
  }
}
