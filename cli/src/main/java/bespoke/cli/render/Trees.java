package bespoke.cli.render;

import bespoke.api.DependencyRecord;
import bespoke.api.EntityRecord;
import bespoke.api.InstanceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tree of `svcs -t`: each instance with what it depends on below it.
///
/// An instance that stands in several places is drawn in full once; its other places end with `…`.
public final class Trees {

  private static final int DEPTH_MAX = 200;

  private final Map<String, InstanceRecord> byFmri = new HashMap<>();
  private final Map<String, List<String>> byService = new HashMap<>();
  private final Set<String> drawn = new HashSet<>();
  private final StringBuilder out = new StringBuilder();
  private final Style style;

  private Trees(List<InstanceRecord> instances, Style style) {
    this.style = style;
    for (InstanceRecord instance : instances) {
      byFmri.put(instance.fmri(), instance);
      byService
          .computeIfAbsent(FmriText.serviceFmri(instance.fmri()), s -> new ArrayList<>())
          .add(instance.fmri());
    }
  }

  /// The trees below the roots; without roots, below the instances nobody depends on.
  ///
  /// @param instances all, with their details
  public static String draw(List<InstanceRecord> instances, List<String> roots, Style style) {
    Trees trees = new Trees(instances, style);
    for (String root : roots.isEmpty() ? trees.tops(instances) : roots) {
      trees.node(root, "", "", "", 0);
    }
    return trees.out.toString();
  }

  private List<String> tops(List<InstanceRecord> instances) {
    Set<String> needed = new HashSet<>();
    for (InstanceRecord instance : instances) {
      needed.addAll(children(instance));
    }
    List<String> tops = new ArrayList<>();
    for (InstanceRecord instance : instances) {
      if (!needed.contains(instance.fmri())) {
        tops.add(instance.fmri());
      }
    }
    if (tops.isEmpty()) {
      tops.addAll(byFmri.keySet());
    }
    return tops;
  }

  private void node(String fmri, String first, String rest, String edge, int depth) {
    InstanceRecord instance = byFmri.get(fmri);
    out.append(first).append(edge);
    if (instance == null) {
      out.append(fmri).append("  absent\n");
      return;
    }
    String state = instance.state() + (instance.next().isEmpty() ? "" : "*");
    out.append(fmri).append("  ").append(style.state(instance.state(), state));
    List<String> children = new ArrayList<>(children(instance));
    boolean again = !drawn.add(fmri) || depth == DEPTH_MAX;
    out.append(again && !children.isEmpty() ? "  …\n" : "\n");
    if (again) {
      return;
    }
    for (int i = 0; i < children.size(); i++) {
      boolean last = i + 1 == children.size();
      node(
          children.get(i),
          rest + (last ? "└─ " : "├─ "),
          rest + (last ? "   " : "│  "),
          edgeMark(instance, children.get(i)),
          depth + 1);
    }
  }

  /// What the instance depends on, in order; services stand for their instances, files are left
  /// out.
  private Set<String> children(InstanceRecord instance) {
    Set<String> children = new LinkedHashSet<>();
    for (DependencyRecord dependency : instance.detail().dependencies()) {
      for (EntityRecord entity : dependency.entities()) {
        if (!entity.fmri().startsWith("file:")) {
          children.addAll(byService.getOrDefault(entity.fmri(), List.of(entity.fmri())));
        }
      }
    }
    return children;
  }

  /// How the child is needed, when it is not simply required.
  private static String edgeMark(InstanceRecord instance, String child) {
    for (DependencyRecord dependency : instance.detail().dependencies()) {
      for (EntityRecord entity : dependency.entities()) {
        if (entity.fmri().equals(child) || entity.fmri().equals(FmriText.serviceFmri(child))) {
          return switch (dependency.grouping()) {
            case "require_any" -> "(any) ";
            case "optional_all" -> "(optional) ";
            case "exclude_all" -> "(excludes) ";
            default -> "";
          };
        }
      }
    }
    return "";
  }
}
