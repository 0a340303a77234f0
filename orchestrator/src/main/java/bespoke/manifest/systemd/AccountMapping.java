package bespoke.manifest.systemd;

import bespoke.model.definition.LinuxNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads user, groups and capabilities of a `[Service]` (systemd.exec(5)).
final class AccountMapping {

  private static final String SERVICE = "Service";

  private final Unit unit;
  private final Report report;

  AccountMapping(Unit unit, Report report) {
    this.unit = unit;
    this.report = report;
  }

  Account read() {
    Optional<Assignment> dynamic = unit.last(SERVICE, "DynamicUser");
    boolean isDynamic =
        dynamic.flatMap(assignment -> Quantities.flag(assignment.value())).orElse(false);
    String named = name("User");
    String group = name("Group");
    String number = Account.dynamicNumber(named.isEmpty() ? unit.name().prefix() : named);
    dynamic.ifPresent(assignment -> {
      if (isDynamic) {
        report.approximated(
            assignment, "runs as number " + number + ", always the same, which has no name");
      } else {
        report.exact(assignment, "");
      }
    });
    return new Account(
        isDynamic ? number : named,
        isDynamic && group.isEmpty() ? number : group,
        supplementary(),
        isDynamic,
        capabilities("CapabilityBoundingSet"),
        capabilities("AmbientCapabilities").filter(names -> !names.isEmpty()),
        noNewPrivileges());
  }

  private String name(String key) {
    Optional<Assignment> assignment = unit.last(SERVICE, key);
    Optional<String> name =
        assignment
            .flatMap(it -> unit.specifiers().expand(it.value()))
            .filter(it -> it.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\\$?"));
    assignment.ifPresent(it -> {
      if (name.isEmpty()) {
        report.dropped(it, "not the name of an account");
      } else {
        report.exact(it, "");
      }
    });
    return name.orElse("");
  }

  private List<String> supplementary() {
    List<String> groups = new ArrayList<>();
    for (Assignment assignment : unit.all(SERVICE, "SupplementaryGroups")) {
      groups.addAll(Words.texts(unit.specifiers().expand(assignment.value()).orElse("")));
      report.approximated(assignment, "these groups only, without those of the user");
    }
    return groups.stream().filter(it -> it.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")).toList();
  }

  private boolean noNewPrivileges() {
    unit.last(SERVICE, "NoNewPrivileges").ifPresent(it -> report.exact(it, ""));
    return unit.isOn(SERVICE, "NoNewPrivileges", false);
  }

  /// The capabilities of a directive: each assignment adds or, with `~`, takes away; an empty one
  /// leaves none.
  private Optional<List<String>> capabilities(String key) {
    List<Assignment> said =
        unit.assignments().stream()
            .filter(it -> it.section().equals(SERVICE) && it.key().equals(key))
            .toList();
    Set<String> set = new TreeSet<>();
    boolean isFirst = true;
    for (Assignment assignment : said) {
      if (assignment.isReset()) {
        set.clear();
      } else {
        boolean isInverted = assignment.value().startsWith("~");
        if (isFirst && isInverted) {
          set.addAll(LinuxNames.CAPABILITIES);
        }
        merge(set, assignment, isInverted);
      }
      isFirst = false;
      report.exact(assignment, "");
    }
    return said.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(set));
  }

  private static void merge(Set<String> set, Assignment assignment, boolean isInverted) {
    for (String word : Words.texts(assignment.value().replaceFirst("^~", ""))) {
      String lower = word.toLowerCase(Locale.ROOT);
      String name = lower.startsWith("cap_") ? lower.substring(4) : lower;
      if (LinuxNames.CAPABILITIES.contains(name)) {
        boolean _ = isInverted ? set.remove(name) : set.add(name);
      }
    }
  }
}
