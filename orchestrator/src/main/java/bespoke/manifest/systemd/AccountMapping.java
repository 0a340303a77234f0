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
    boolean noNewPrivileges = noNewPrivileges();
    boolean isOther = isDynamic || !named.isEmpty() && !named.equals("root") && !named.equals("0");
    return new Account(
        isDynamic ? number : named,
        isDynamic && group.isEmpty() ? number : group,
        supplementary(),
        isDynamic,
        capabilities(isOther, noNewPrivileges),
        noNewPrivileges);
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

  private Optional<List<String>> capabilities(boolean isOther, boolean noNewPrivileges) {
    List<Assignment> ambient = unit.all(SERVICE, "AmbientCapabilities");
    List<Assignment> bounding = unit.all(SERVICE, "CapabilityBoundingSet");
    Set<String> given = new TreeSet<>();
    ambient.forEach(assignment -> {
      merge(given, assignment);
      report.exact(assignment, "");
    });
    if (bounding.isEmpty()) {
      return ambient.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(given));
    }
    Set<String> bounds = new TreeSet<>();
    boolean isInverted = bounding.getFirst().value().startsWith("~");
    if (isInverted) {
      bounds.addAll(LinuxNames.CAPABILITIES);
    }
    bounding.forEach(assignment -> merge(bounds, assignment));
    return bounded(bounding, bounds, given, isOther, noNewPrivileges);
  }

  private Optional<List<String>> bounded(
      List<Assignment> bounding,
      Set<String> bounds,
      Set<String> ambient,
      boolean isOther,
      boolean noNewPrivileges) {
    if (!isOther) {
      bounding.forEach(it -> report.exact(it, ""));
      return Optional.of(List.copyOf(bounds));
    }
    if (!ambient.isEmpty() || noNewPrivileges) {
      bounding.forEach(
          it -> report.approximated(it, "the bounding set is what AmbientCapabilities= gives"));
      return Optional.of(List.copyOf(ambient));
    }
    bounding.forEach(it ->
        report.dropped(
            it, "the bounding set alone cannot be limited without giving its capabilities"));
    return Optional.empty();
  }

  private void merge(Set<String> set, Assignment assignment) {
    boolean isInverted = assignment.value().startsWith("~");
    for (String word : Words.texts(assignment.value().replaceFirst("^~", ""))) {
      String lower = word.toLowerCase(Locale.ROOT);
      String name = lower.startsWith("cap_") ? lower.substring(4) : lower;
      if (LinuxNames.CAPABILITIES.contains(name)) {
        boolean _ = isInverted ? set.remove(name) : set.add(name);
      }
    }
  }
}
