package bespoke.manifest.systemd;

import bespoke.manifest.Fidelity;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.RestartOn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns what units say of each other into dependencies (docs/systemd.md has the table).
///
/// The order of the four passes is what breaks cycles: explicit order, requirements, what systemd
/// adds by itself, and last the milestones that are to wait for a unit.
final class Relations {

  private final UnitSet units;
  private final Activation activation;
  private final Report report;
  private final Outcomes outcomes = new Outcomes();
  private final Ordering ordering = new Ordering();
  private final Map<InstanceFmri, Map<InstanceFmri, Assignment>> conflicts = new LinkedHashMap<>();

  Relations(UnitSet units, Activation activation, Report report) {
    this.units = units;
    this.activation = activation;
    this.report = report;
    List<Reference> references = new ArrayList<>();
    for (Unit unit : units.all()) {
      if (UnitName.IMPORTED.contains(unit.name().suffix())) {
        for (Relation relation : Relation.values()) {
          for (Assignment assignment : unit.all(relation.section(), relation.key())) {
            gather(unit, relation, assignment, references);
          }
        }
      }
    }
    for (Relation.Pass pass : Relation.Pass.values()) {
      references.stream().filter(it -> it.relation().pass() == pass).forEach(this::relate);
    }
    units.pulls().forEach(this::pulled);
    outcomes.writeTo(report);
  }

  /// A name in a value.
  private record Reference(Unit unit, Relation relation, UnitName name, Assignment assignment) {}

  /// Dependencies between instances.
  Ordering ordering() {
    return ordering;
  }

  /// Who must not run while an instance does.
  Map<InstanceFmri, Assignment> conflicts(InstanceFmri instance) {
    return conflicts.getOrDefault(instance, Map.of());
  }

  private void gather(
      Unit unit, Relation relation, Assignment assignment, List<Reference> references) {
    for (String word : Words.texts(assignment.value())) {
      Optional<UnitName> name =
          unit.specifiers().expand(word).flatMap(UnitName::parse).map(units::real);
      if (name.isEmpty()) {
        outcomes.add(assignment, Fidelity.DROPPED, "\"" + word + "\" is no unit's name");
      } else if (relation.reason() != null) {
        outcomes.add(assignment, relation.fidelity(), relation.reason());
      } else {
        references.add(new Reference(unit, relation, name.get(), assignment));
      }
    }
  }

  /// What a name means as the other side of a relation.
  private Optional<InstanceFmri> resolve(Reference reference) {
    UnitName name = reference.name();
    Assignment said = reference.assignment();
    if (Milestones.isShutdown(name)) {
      outcomes.add(said, Fidelity.EXACT, "what runs is stopped in reverse order anyway");
      return Optional.empty();
    }
    Optional<InstanceFmri> milestone = Milestones.nativeOf(name);
    if (milestone.isPresent()) {
      return milestone;
    }
    Unit unit = units.find(name);
    if (!UnitName.IMPORTED.contains(name.suffix())) {
      outcomes.add(said, Fidelity.DROPPED, name + " is no service; there is nothing to wait for");
    } else if (units.isMasked(name)) {
      outcomes.add(said, Fidelity.DROPPED, name + " is masked");
    } else if (name.isTemplate()) {
      outcomes.add(said, Fidelity.DROPPED, name + " is a template");
    } else if (isTakenAsReached(name, unit)) {
      outcomes.add(said, Fidelity.APPROXIMATED, name + " is systemd's own and taken as reached");
    } else {
      return unit == null ? Fmris.of(name) : fmri(unit);
    }
    return Optional.empty();
  }

  private static boolean isTakenAsReached(UnitName name, @Nullable Unit unit) {
    return Milestones.isOfSystemd(name) && (unit == null || Activation.isOfSystemd(unit));
  }

  /// The instance of a unit, or of the socket that stands for it.
  private Optional<InstanceFmri> fmri(Unit unit) {
    return Fmris.of(activation.socketOf(unit).orElse(unit).name());
  }

  private void relate(Reference reference) {
    Optional<InstanceFmri> other = resolve(reference);
    Optional<InstanceFmri> self = Fmris.of(reference.unit().name());
    if (other.isEmpty() || self.isEmpty() || other.equals(self)) {
      other.ifPresent(_ -> outcomes.add(reference.assignment(), Fidelity.EXACT, ""));
      return;
    }
    Relation relation = reference.relation();
    if (relation == Relation.CONFLICTS) {
      conflicts
          .computeIfAbsent(self.get(), _ -> new LinkedHashMap<>())
          .put(other.get(), reference.assignment());
      outcomes.add(
          reference.assignment(),
          Fidelity.APPROXIMATED,
          "does not start while " + other.get() + " runs, rather than stopping it");
    } else if (relation.isPullOnly() && isMilestone(reference)) {
      outcomes.add(reference.assignment(), Fidelity.EXACT, other.get() + ", which is enabled");
    } else if (relation.isPullOnly() && !isWaitedFor(reference)) {
      outcomes.add(
          reference.assignment(),
          Fidelity.APPROXIMATED,
          other.get() + " is enabled together with it by an import of both; no dependency");
    } else {
      connect(reference, self.get(), other.get());
    }
  }

  /// Whether a milestone is wanted.
  private static boolean isMilestone(Reference reference) {
    return !reference.relation().isReverse() && Milestones.nativeOf(reference.name()).isPresent();
  }

  /// A target waits for what it wants (systemd.target(5), "Default Dependencies").
  private boolean isWaitedFor(Reference reference) {
    UnitName waiting =
        reference.relation().isReverse() ? reference.name() : reference.unit().name();
    return waiting.suffix().equals("target");
  }

  private void connect(Reference reference, InstanceFmri self, InstanceFmri other) {
    Relation relation = reference.relation();
    boolean isReverse = relation.isReverse();
    Edge edge =
        new Edge(
            isReverse ? other : self,
            isReverse ? self : other,
            relation.grouping(),
            relation.restartOn(),
            !isReverse,
            reference.assignment());
    Optional<List<InstanceFmri>> cycle = ordering.add(edge);
    boolean toMilestone = isReverse && Milestones.nativeOf(reference.name()).isPresent();
    if (cycle.isEmpty()) {
      outcomes.add(reference.assignment(), relation.fidelity(), relation.text(other));
    } else if (relation.isPullOnly() && cycle.get().size() == 2) {
      outcomes.add(
          reference.assignment(),
          Fidelity.EXACT,
          "nobody waits for it: it is ordered after " + other + ", as under systemd");
    } else if (relation.pass() == Relation.Pass.ORDER && !toMilestone) {
      outcomes.add(reference.assignment(), Fidelity.DROPPED, "it closes a cycle");
      reportCycle(edge, cycle.get());
    } else {
      outcomes.add(
          reference.assignment(),
          relation.grouping() == Grouping.OPTIONAL_ALL ? Fidelity.DROPPED : Fidelity.APPROXIMATED,
          "no dependency on or of " + other + ", which would close a cycle with the order of both");
    }
  }

  private void reportCycle(Edge edge, List<InstanceFmri> back) {
    List<String> steps = new ArrayList<>();
    steps.add(step(edge));
    for (int i = 0; i + 1 < back.size(); i++) {
      ordering.between(back.get(i), back.get(i + 1)).ifPresent(it -> steps.add(step(it)));
    }
    report.problem(
        edge.assignment().at(),
        "cannot order these units, each waits for the next: " + String.join(", ", steps),
        "remove one of them");
  }

  private static String step(Edge edge) {
    Assignment said = edge.assignment();
    return edge.from() + " for " + edge.to() + " (" + said.construct() + " at " + said.at() + ")";
  }

  /// A link in a `.wants` or `.requires` directory: a target waits for the unit.
  private void pulled(UnitFiles.Pull pull) {
    Unit unit = units.find(pull.pulled());
    if (unit != null && pull.owner().suffix().equals("target")) {
      Assignment link = new Assignment("", "link", pull.owner().toString(), pull.at());
      Relation relation = pull.isRequired() ? Relation.REQUIRED_BY : Relation.WANTED_BY;
      relate(new Reference(unit, relation, units.real(pull.owner()), link));
    }
  }

  /// What systemd adds to nearly every unit: it starts after the machine is set up.
  void addDefaults(Unit unit, InstanceFmri self) {
    boolean isOrdinary =
        unit.isOn("Unit", "DefaultDependencies", true) && !unit.name().suffix().equals("target");
    if (!isOrdinary) {
      return;
    }
    Assignment implied = new Assignment("Unit", "DefaultDependencies", "yes", unit.at());
    boolean isService = unit.name().suffix().equals("service");
    Unit basic = isService ? units.find(new UnitName("basic", false, "", "target")) : null;
    Optional<InstanceFmri> target =
        basic == null
            ? Milestones.nativeOf(new UnitName("sysinit", false, "", "target"))
            : Fmris.of(basic.name());
    target.ifPresent(it ->
        ordering.add(new Edge(self, it, Grouping.OPTIONAL_ALL, RestartOn.NONE, true, implied)));
  }
}
