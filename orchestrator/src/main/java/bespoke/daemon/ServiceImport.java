package bespoke.daemon;

import bespoke.api.ImportedRecord;
import bespoke.api.ProblemRecord;
import bespoke.control.Configuration;
import bespoke.engine.Event;
import bespoke.graph.analysis.Cycle;
import bespoke.manifest.Problem;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.template.TemplateCheck;
import bespoke.repository.ImportOptions;
import bespoke.repository.ImportPlan;
import bespoke.repository.ImportReport;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Brings service descriptions into the repository and tells what the engine must learn of it.
///
/// What would close a dependency cycle is refused as a whole, naming every edge (DESIGN 3, 3.7);
/// the repository and the running graph are then untouched.
final class ServiceImport {
  private static final int PLANS_MAX = 5;

  private final Repository repository;
  private final KnownDefinitions definitions;
  private final Function<InstanceDefinition, List<String>> unavailable;

  /// @param unavailable which limits of a definition this machine cannot keep, a sentence each
  ServiceImport(
      Repository repository,
      KnownDefinitions definitions,
      Function<InstanceDefinition, List<String>> unavailable) {
    this.repository = repository;
    this.definitions = definitions;
    this.unavailable = unavailable;
  }

  /// The same for another repository.
  ServiceImport on(Repository other, KnownDefinitions known) {
    return new ServiceImport(other, known, unavailable);
  }

  /// What an import did or would do.
  ///
  /// @param report for the person
  /// @param imports for the engine; empty when nothing changed or was refused
  record Result(Configuration.Report report, List<Event.InstanceImport> imports) {}

  /// Works out how descriptions come into the repository.
  @FunctionalInterface
  interface Planning {
    ImportPlan plan() throws RepositoryException;
  }

  /// Imports descriptions.
  ///
  /// @param commit whether to do it, or only to tell what would happen
  Result importServices(List<ServiceDescription> services, ImportOptions options, boolean commit)
      throws RepositoryException {
    return importServices(services, options, commit, false);
  }

  /// Imports descriptions.
  ///
  /// @param commit whether to do it, or only to tell what would happen
  /// @param validated whether to refuse what does not keep to its templates, instead of warning
  Result importServices(
      List<ServiceDescription> services, ImportOptions options, boolean commit, boolean validated)
      throws RepositoryException {
    return carryOut(
        () -> repository.planImport(services, options), origins(services), commit, validated);
  }

  /// Applies profiles.
  Result applyProfile(List<ServiceDescription> profile, ImportOptions options, boolean commit)
      throws RepositoryException {
    return carryOut(() -> repository.planProfile(profile, options), Map.of(), commit, false);
  }

  private static Map<InstanceFmri, Origin> origins(List<ServiceDescription> services) {
    Map<InstanceFmri, Origin> origins = new HashMap<>();
    for (ServiceDescription service : services) {
      for (ServiceDescription.InstanceDescription instance : service.instances()) {
        origins.put(service.fmri().instance(instance.name()), instance.origin());
      }
    }
    return origins;
  }

  /// What was worked out and waits for its commit.
  ///
  /// @param plan of the repository
  /// @param changed the definitions that it brings
  /// @param report for the person; with an error it must not be committed
  record Prepared(
      ImportPlan plan,
      Map<InstanceFmri, InstanceDefinition> changed,
      Configuration.Report report) {}

  /// Works out an import without making it.
  Prepared prepareImport(List<ServiceDescription> services, ImportOptions options)
      throws RepositoryException {
    return prepare(() -> repository.planImport(services, options), origins(services), false);
  }

  /// Works out without making anything.
  ///
  /// @param validated whether to refuse what does not keep to its templates, instead of warning
  Prepared prepare(Planning planning, Map<InstanceFmri, Origin> origins, boolean validated)
      throws RepositoryException {
    ImportPlan plan = planning.plan();
    Map<InstanceFmri, InstanceDefinition> changed = read(plan, origins);
    List<ProblemRecord> problems = new ArrayList<>();
    CycleCheck.closedBy(changed, definitions.all()).forEach(cycle -> problems.add(refusal(cycle)));
    boolean refused = !problems.isEmpty();
    violations(plan, changed, validated ? "error" : "warning", problems);
    if (refused || validated && !problems.isEmpty()) {
      return new Prepared(plan, changed, new Configuration.Report(List.of(), problems));
    }
    remarks(plan.report(), changed.values(), problems);
    return new Prepared(plan, changed, new Configuration.Report(imported(plan.report()), problems));
  }

  private Result carryOut(
      Planning planning, Map<InstanceFmri, Origin> origins, boolean commit, boolean validated)
      throws RepositoryException {
    for (int tries = 0; tries < PLANS_MAX; tries++) {
      Prepared prepared = prepare(planning, origins, validated);
      if (prepared.report().hasErrors() || !commit) {
        return new Result(prepared.report(), List.of());
      }
      if (prepared.plan().commit()) {
        return new Result(
            prepared.report(), inForce(prepared.changed(), prepared.plan().enabled()));
      }
    }
    throw new RepositoryException(
        "cannot import: others change the configuration at the same time; try again", null);
  }

  private void violations(
      ImportPlan plan,
      Map<InstanceFmri, InstanceDefinition> changed,
      String severity,
      List<ProblemRecord> problems)
      throws RepositoryException {
    TemplateViolations templates = new TemplateViolations(repository, plan.running());
    for (Map.Entry<InstanceFmri, PropertyGroups> one : plan.running().entrySet()) {
      InstanceDefinition definition = changed.get(one.getKey());
      Origin origin = definition == null ? Origin.UNKNOWN : definition.origin();
      for (TemplateCheck.Violation violation : templates.of(one.getValue(), origin)) {
        problems.add(violation(one.getKey(), violation, severity));
      }
    }
  }

  /// A violation with its place.
  static ProblemRecord violation(
      InstanceFmri fmri, TemplateCheck.Violation violation, String severity) {
    return problem(violation.origin(), severity, fmri + ": " + violation.text());
  }

  private Map<InstanceFmri, InstanceDefinition> read(
      ImportPlan plan, Map<InstanceFmri, Origin> origins) {
    Map<InstanceFmri, InstanceDefinition> changed = new LinkedHashMap<>();
    plan.running()
        .forEach((fmri, groups) ->
            changed.put(
                fmri, definitions.read(fmri, groups, origins.getOrDefault(fmri, originNow(fmri)))));
    return changed;
  }

  private Origin originNow(InstanceFmri fmri) {
    return definitions.definition(fmri).map(InstanceDefinition::origin).orElse(Origin.UNKNOWN);
  }

  private static ProblemRecord refusal(Cycle cycle) {
    // its first line names a place already
    return problem(Origin.UNKNOWN, "error", String.join("\n", cycle.refusal()));
  }

  private void remarks(
      ImportReport report, Collection<InstanceDefinition> changed, List<ProblemRecord> problems) {
    for (ImportReport.Conflict conflict : report.conflicts()) {
      problems.add(problem(Origin.UNKNOWN, "warning", conflict.toString()));
    }
    for (String warning : report.warnings()) {
      problems.add(problem(Origin.UNKNOWN, "warning", warning));
    }
    for (InstanceDefinition definition : changed) {
      for (String text : definition.problems()) {
        problems.add(problem(definition.origin(), "warning", definition.fmri() + ": " + text));
      }
      for (String text : unavailable.apply(definition)) {
        problems.add(problem(definition.origin(), "warning", definition.fmri() + ": " + text));
      }
    }
  }

  private static List<ImportedRecord> imported(ImportReport report) {
    List<ImportedRecord> imported = new ArrayList<>();
    report
        .outcomes()
        .forEach((fmri, outcome) ->
            imported.add(
                new ImportedRecord(
                    fmri.toString(),
                    switch (outcome) {
                      case NEW -> "created";
                      case CHANGED, UNCHANGED -> outcome.name().toLowerCase(Locale.ROOT);
                    })));
    return imported;
  }

  private List<Event.InstanceImport> inForce(
      Map<InstanceFmri, InstanceDefinition> changed, Map<InstanceFmri, EnabledSetting> enabled) {
    changed.values().forEach(definitions::put);
    return told(changed, enabled);
  }

  private static List<Event.InstanceImport> told(
      Map<InstanceFmri, InstanceDefinition> changed, Map<InstanceFmri, EnabledSetting> enabled) {
    List<Event.InstanceImport> imports = new ArrayList<>(changed.size());
    changed.forEach((fmri, definition) -> {
      imports.add(
          new Event.InstanceImport(
              definition,
              enabled.getOrDefault(
                  fmri, new EnabledSetting(Optional.empty(), Optional.empty(), "")),
              Optional.empty()));
    });
    return imports;
  }

  static ProblemRecord problem(Problem problem) {
    String text =
        problem.hint().isEmpty() ? problem.message() : problem.message() + "; " + problem.hint();
    return new ProblemRecord(problem.file(), problem.line(), problem.column(), "error", text);
  }

  static ProblemRecord problem(Origin origin, String severity, String message) {
    return origin instanceof Origin.File file
        ? new ProblemRecord(file.file(), file.line(), file.column(), severity, message)
        : new ProblemRecord("", 0, 0, severity, message);
  }
}
