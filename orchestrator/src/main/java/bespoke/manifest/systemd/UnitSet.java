package bespoke.manifest.systemd;

import bespoke.manifest.Fidelity;
import bespoke.manifest.SourceFile;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The units of one reading, by their real names: those that have a fragment, and every instance of
/// a template that a link, a `DefaultInstance=` or another unit asks for.
final class UnitSet {

  /// More units than this are refused; a template may ask for instances of itself without end.
  static final int UNITS_MAX = 5_000;

  private static final List<String> REFERENCES =
      List.of("Requires", "Wants", "BindsTo", "Upholds", "Requisite", "PartOf", "After", "Before");

  private final UnitFiles files;
  private final Report report;
  private final Map<UnitName, Unit> units = new TreeMap<>();
  private final Deque<UnitName> wanted = new ArrayDeque<>();

  UnitSet(List<SourceFile> sources, Report report, PasswordFile passwords) {
    this.files = new UnitFiles(sources, report, passwords);
    this.report = report;
    wanted.addAll(files.instances());
    for (UnitName name : List.copyOf(files.names())) {
      if (name.isTemplate()) {
        defaultInstance(name);
      } else {
        wanted.add(name);
      }
    }
    while (!wanted.isEmpty()) {
      add(wanted.remove());
    }
    noteUnused();
  }

  private void defaultInstance(UnitName template) {
    files
        .unit(template)
        .flatMap(unit -> unit.last("Install", "DefaultInstance"))
        .filter(assignment -> assignment.value().matches("[A-Za-z0-9:_.\\\\-]{1,100}"))
        .ifPresent(assignment -> {
          report.exact(assignment, "an instance of that name");
          wanted.add(template.withInstance(assignment.value()));
        });
  }

  private void add(UnitName asked) {
    UnitName name = files.real(asked);
    if (units.containsKey(name) || name.isTemplate() || files.isMasked(name)) {
      return;
    }
    Optional<Unit> found = files.unit(name);
    if (found.isEmpty()) {
      return;
    }
    Unit unit = found.get();
    if (units.size() >= UNITS_MAX) {
      report.problem(
          unit.at(),
          "cannot read more than " + UNITS_MAX + " units together",
          "import fewer files");
      return;
    }
    units.put(name, unit);
    for (Assignment alias : unit.all("Install", "Alias")) {
      names(unit, alias).forEach(other -> files.alias(other, name));
      report.exact(alias, "units that name it mean this one");
    }
    REFERENCES.forEach(key -> want(unit, "Unit", key));
    want(unit, "Timer", "Unit");
    want(unit, "Path", "Unit");
    want(unit, "Socket", "Service");
  }

  private void want(Unit unit, String section, String key) {
    for (Assignment reference : unit.all(section, key)) {
      names(unit, reference).stream().filter(UnitName::isTemplated).forEach(wanted::add);
    }
  }

  /// The units that a value names; what is no name is left out.
  static List<UnitName> names(Unit unit, Assignment assignment) {
    return Words.texts(assignment.value()).stream()
        .map(word -> unit.specifiers().expand(word).flatMap(UnitName::parse))
        .flatMap(Optional::stream)
        .toList();
  }

  private void noteUnused() {
    for (UnitName name : files.names()) {
      boolean isUsed =
          !name.isTemplate()
              || units.keySet().stream().anyMatch(unit -> unit.template().equals(name));
      if (!isUsed) {
        files
            .unit(name)
            .ifPresent(unit ->
                report.note(
                    Fidelity.APPROXIMATED,
                    unit.at(),
                    "template",
                    "nothing asks for an instance, so none is imported; add a link named "
                        + name.withInstance("INSTANCE")
                        + " to import one"));
      }
    }
    files
        .strayDropIns()
        .forEach((owner, sources) ->
            sources.forEach(source ->
                UnitParser.parse(source, report)
                    .forEach(assignment ->
                        report.dropped(assignment, owner + " is not among the files"))));
  }

  /// All units, by name.
  Collection<Unit> all() {
    return units.values();
  }

  /// The unit that a name stands for, or null when it is not among the files.
  @Nullable Unit find(UnitName name) {
    return units.get(files.real(name));
  }

  /// A unit that is not one of these, as an instance for each connection; null without a template.
  @Nullable Unit make(UnitName name) {
    return files.unit(files.real(name)).orElse(null);
  }

  boolean isMasked(UnitName name) {
    return files.isMasked(files.real(name));
  }

  UnitName real(UnitName name) {
    return files.real(name);
  }

  List<UnitFiles.Pull> pulls() {
    return files.pulls();
  }
}
