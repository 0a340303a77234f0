package bespoke.control;

import bespoke.api.Change;
import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.ConstructRecord;
import bespoke.api.DescriptionRecord;
import bespoke.api.ImportedRecord;
import bespoke.api.ProblemRecord;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroups;
import java.util.List;
import java.util.Optional;

/// The repository as the commands see it; every change is durable when the method returns, and
/// belongs to the actor.
public interface Configuration {
  /// What a change did.
  ///
  /// @param imported what became of which entity
  /// @param problems errors and warnings with their place; an error means that nothing was changed
  ///   by the file it is in
  /// @param files what each file held
  /// @param constructs what became of each construct of a foreign format
  /// @param foreseen what the engine would be told, when nothing was changed
  record Report(
      List<ImportedRecord> imported,
      List<ProblemRecord> problems,
      List<DescriptionRecord> files,
      List<ConstructRecord> constructs,
      List<Event.InstanceImport> foreseen) {
    public Report {
      imported = List.copyOf(imported);
      problems = List.copyOf(problems);
      files = List.copyOf(files);
      constructs = List.copyOf(constructs);
      foreseen = List.copyOf(foreseen);
    }

    /// A change by other means than files.
    public Report(List<ImportedRecord> imported, List<ProblemRecord> problems) {
      this(imported, problems, List.of(), List.of(), List.of());
    }

    /// Whether something was refused.
    public boolean hasErrors() {
      return problems.stream().anyMatch(problem -> problem.severity().equals("error"));
    }
  }

  /// Something cannot be done; the message is for a person.
  final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final bespoke.api.ErrorKind kind;

    public RefusedException(bespoke.api.ErrorKind kind, String message) {
      super(message);
      this.kind = kind;
    }

    public bespoke.api.ErrorKind kind() {
      return kind;
    }
  }

  /// Imports files, or looks at the daemon's own manifest directories again when there are none.
  Report importFiles(ConfigurationRequest.Import request, Actor actor) throws RefusedException;

  /// Takes the descriptions that a delegated restarter makes of its own configuration; they replace
  /// what it described before.
  ///
  /// @return what is wrong with them, or empty
  Optional<String> described(InstanceFmri restarter, String yaml);

  /// Applies profiles.
  Report apply(ConfigurationRequest.Apply request, Actor actor) throws RefusedException;

  /// Deletes a service or an instance that does not run.
  Report delete(Fmri entity, boolean force, Actor actor) throws RefusedException;

  /// Creates an empty service or instance.
  void add(Fmri entity, Actor actor) throws RefusedException;

  /// All services by name, or the instances of one.
  List<String> names(Optional<Fmri> service);

  /// Descriptions in YAML.
  String export(Optional<Fmri> service, boolean allValues) throws RefusedException;

  /// The permanent settings of all instances as a profile.
  String extract() throws RefusedException;

  /// Property groups in a view; see [bespoke.api.ConfigurationRequest.Properties].
  ConfiguredEntity properties(Fmri entity, String view, String snapshot) throws RefusedException;

  /// The live property groups of an instance, composed with its service's; empty if unknown.
  PropertyGroups composed(Fmri entity);

  /// Changes property groups, all changes or none.
  void edit(Fmri entity, List<Change> changes, Actor actor) throws RefusedException;

  /// Names of snapshots.
  List<String> snapshots(InstanceFmri instance) throws RefusedException;

  /// Puts the configuration of a snapshot back.
  void revert(InstanceFmri instance, String snapshot, Actor actor) throws RefusedException;

  /// What administrators changed.
  ConfiguredEntity customizations(Fmri entity) throws RefusedException;

  /// Removes what administrators changed.
  void deleteCustomizations(Fmri entity, String pattern, Actor actor) throws RefusedException;

  /// Takes the running snapshot anew.
  ///
  /// @return the event for the engine
  Event.RefreshRequested refreshed(InstanceFmri instance, Actor actor) throws RefusedException;

  /// Remembers a milestone for the next start of the daemon, `all` for none.
  void defaultMilestone(String milestone, Actor actor) throws RefusedException;
}
