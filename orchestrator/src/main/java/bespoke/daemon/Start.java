package bespoke.daemon;

import bespoke.api.ProblemRecord;
import bespoke.engine.Event;
import bespoke.engine.Milestone;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.MethodKind;
import bespoke.model.RuntimeState;
import bespoke.model.StartdOptions;
import bespoke.repository.EnabledOverride;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import bespoke.repository.StoredInstance;
import bespoke.repository.VolatileInstance;
import bespoke.repository.VolatileStore;
import bespoke.restarter.Adoption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/// What the engine is told first: everything that the repository knows, what changed in the
/// manifest directories, and how the instances were when an earlier daemon of this boot ended. The
/// same code whether that daemon ended well, badly, or never was.
final class Start {
  private final Repository repository;
  private final VolatileStore store;
  private final KnownDefinitions definitions;
  private final BiConsumer<Boolean, String> log;
  private final Map<InstanceFmri, EnabledSetting> settings = new LinkedHashMap<>();

  /// @param log gets what a person should know; `true` for an error
  Start(
      Repository repository,
      VolatileStore store,
      KnownDefinitions definitions,
      BiConsumer<Boolean, String> log) {
    this.repository = repository;
    this.store = store;
    this.definitions = definitions;
    this.log = log;
  }

  /// Reads every definition of the repository.
  void load() throws RepositoryException {
    repository.messages().forEach(message -> log.accept(true, message));
    if (store.isCopied()) {
      log.accept(
          true,
          "this root directory is a copy of one whose daemon ran since the last boot: its services"
              + " are that one's and are not taken over; they start here anew");
    }
    if (store.damagedRecords() > 0) {
      log.accept(true, store.damagedRecords() + " records of the volatile state were damaged");
    }
    PendingSetting.carryOver(store, repository);
    repository.forEachInstance(this::load);
  }

  private void load(StoredInstance stored) {
    definitions.put(definitions.read(stored.fmri(), stored.running(), stored.origin()));
    settings.put(stored.fmri(), stored.enabled());
  }

  /// Imports what changed in the manifest directories.
  void importChanges(ManifestImport manifests) throws RepositoryException {
    ServiceImport.Result result = manifests.importChanges(true);
    for (ProblemRecord problem : result.report().problems()) {
      log.accept(problem.severity().equals("error"), problem.toString());
    }
    result.imports().forEach(one -> settings.put(one.definition().fmri(), one.enabled()));
  }

  /// Everything, for the first event.
  Event.DefinitionsImported everything() {
    List<Event.InstanceImport> all = new ArrayList<>(settings.size());
    settings.forEach((fmri, permanent) ->
        definitions
            .definition(fmri)
            .ifPresent(definition ->
                all.add(
                    new Event.InstanceImport(
                        definition,
                        withOverride(fmri, permanent),
                        store.instance(fmri).map(VolatileInstance::runtime)))));
    return new Event.DefinitionsImported(all, List.of());
  }

  private EnabledSetting withOverride(InstanceFmri fmri, EnabledSetting permanent) {
    Optional<EnabledOverride> override = store.override(fmri);
    return override.isEmpty()
        ? permanent
        : new EnabledSetting(
            permanent.permanent(), Optional.of(override.get().enabled()), override.get().comment());
  }

  /// Lets the engine go on where the last daemon ended: the first event of all.
  Event.DaemonStarted began() {
    return new Event.DaemonStarted(
        store.counter(DurableLedger.NUMBER),
        store.counter(DurableLedger.CONTRACT),
        store.fact(DurableLedger.MILESTONE).map(DurableLedger::milestone));
  }

  /// The milestone to go to, if the configuration names one and none is in force.
  Optional<Milestone> milestone() {
    return store.fact(DurableLedger.MILESTONE).isPresent()
        ? Optional.empty()
        : configuredMilestone();
  }

  private Optional<Milestone> configuredMilestone() {
    return definitions
        .editing(InstanceDefinition.MASTER_RESTARTER)
        .flatMap(groups -> groups.single("options", "milestone"))
        .filter(text -> !text.equals("all"))
        .map(DurableLedger::milestone);
  }

  /// The contracts that an earlier daemon left and that instances still use.
  List<Adoption> adoptions() {
    List<Adoption> adoptions = new ArrayList<>();
    store.instances().forEach((fmri, left) -> adopt(fmri, left, adoptions));
    return adoptions;
  }

  private void adopt(InstanceFmri fmri, VolatileInstance instance, List<Adoption> adoptions) {
    RuntimeState left = instance.runtime();
    OptionalLong own = left.contract();
    OptionalLong method = left.methodContract();
    boolean inMethod = method.isPresent() && !method.equals(own);
    OptionalLong run = optional(left.run());
    if (own.isPresent()) {
      adoptions.add(
          new Adoption(
              fmri,
              own.getAsLong(),
              own.getAsLong(),
              inMethod ? optional(left.progress().serviceRun()) : run,
              MethodKind.START,
              left.startPid(),
              isChild(fmri),
              left.state().isRunning(),
              instance.cause()));
    }
    if (method.isPresent() && (inMethod || own.isEmpty())) {
      boolean refreshes = left.state().isRunning() && left.next() == left.state();
      boolean starts = own.isEmpty() && !left.state().isRunning();
      adoptions.add(
          new Adoption(
              fmri,
              method.getAsLong(),
              own.orElse(method.getAsLong()),
              run,
              starts ? MethodKind.START : refreshes ? MethodKind.REFRESH : MethodKind.STOP,
              starts ? left.startPid() : OptionalLong.empty(),
              false,
              left.state().isRunning(),
              instance.cause()));
    }
  }

  private static OptionalLong optional(long number) {
    return number == 0 ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private boolean isChild(InstanceFmri fmri) {
    return definitions
        .definition(fmri)
        .filter(definition -> definition.startd().duration() == StartdOptions.Style.CHILD)
        .isPresent();
  }
}
