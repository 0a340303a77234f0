package bespoke.control;

import bespoke.api.Change;
import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.ConstructRecord;
import bespoke.api.DescriptionRecord;
import bespoke.api.DifferenceRecord;
import bespoke.api.ImportedRecord;
import bespoke.api.ProblemRecord;
import bespoke.api.SourceText;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
  record Report(
      List<ImportedRecord> imported,
      List<ProblemRecord> problems,
      List<DescriptionRecord> files,
      List<ConstructRecord> constructs) {
    public Report {
      imported = List.copyOf(imported);
      problems = List.copyOf(problems);
      files = List.copyOf(files);
      constructs = List.copyOf(constructs);
    }

    /// A change by other means than files.
    public Report(List<ImportedRecord> imported, List<ProblemRecord> problems) {
      this(imported, problems, List.of(), List.of());
    }

    /// Whether something was refused.
    public boolean hasErrors() {
      return problems.stream().anyMatch(problem -> problem.severity().equals("error"));
    }
  }

  /// Changes of one entity, made whole or not at all.
  record EntityEdit(Fmri entity, List<Change> changes) {
    public EntityEdit {
      changes = List.copyOf(changes);
    }
  }

  /// How far edits came.
  ///
  /// @param applied how many were made, from the first
  /// @param problem why the next one was refused; empty if all were made
  record Edited(int applied, Optional<String> problem) {}

  /// One of the two configurations that are compared.
  ///
  /// @param name `running`, `current`, a snapshot, or a layer with those below it; empty for a file
  /// @param file the services that a file describes
  record Side(String name, List<ServiceDescription> file) {
    public Side {
      file = List.copyOf(file);
    }

    /// Whether it is one of the names that only instances have.
    boolean isSnapshot() {
      return switch (name) {
        case "", "current", "manifest", "profile", "admin" -> false;
        default -> true;
      };
    }
  }

  /// Calls that go on until it is closed.
  interface Following extends AutoCloseable {
    @Override
    void close();
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

  /// Descriptions.
  ///
  /// @param format `yaml` or `smf`
  String export(Optional<Fmri> service, boolean allValues, String format) throws RefusedException;

  /// What administrators changed, and the permanent settings of all instances, as a profile.
  ///
  /// @param format `yaml` or `smf`
  String extract(String format) throws RefusedException;

  /// Where the running configuration of instances does not keep to its templates.
  List<ProblemRecord> violations(List<InstanceFmri> instances) throws RefusedException;

  /// Property groups in a view; see [bespoke.api.ConfigurationRequest.Properties].
  ConfiguredEntity properties(Fmri entity, String view, String snapshot) throws RefusedException;

  /// The live property groups of an instance, composed with its service's; empty if unknown.
  PropertyGroups composed(Fmri entity);

  /// The live property groups of an entity at its own level.
  PropertyGroups own(Fmri entity) throws RefusedException;

  /// The cycle that other property groups of an entity would close with what runs now, every edge
  /// of it named; empty if there is none.
  Optional<String> cycleWith(Fmri entity, PropertyGroups own) throws RefusedException;

  /// The differences of an entity between two sides; see [bespoke.api.ComparisonRequest.Compare].
  List<DifferenceRecord> compare(Fmri entity, Side before, Side after) throws RefusedException;

  /// The services that a file describes; a file with problems is refused, naming them all.
  List<ServiceDescription> read(SourceText file) throws RefusedException;

  /// Makes services what they were when an archive was made.
  Report restore(SourceText archive, boolean commit, Actor actor) throws RefusedException;

  /// Calls a listener after every change of the repository, on the thread that made it.
  ///
  /// @return closing it ends the calls
  Following follow(Runnable listener);

  /// Changes property groups, in order, up to the first that is refused; all that are made are one
  /// durable write.
  ///
  /// @param commit whether to do it, or only to tell what would be refused
  Edited edit(List<EntityEdit> edits, boolean commit, Actor actor) throws RefusedException;

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

  /// Lets changes be made to a copy that keeps nothing. Changes to the real configuration wait
  /// meanwhile.
  ///
  /// @param now how the instances are, without a look at the engine, which may be waiting to change
  ///   the real configuration
  /// @param events gets what the engine would be told
  /// @return whether something would be configured otherwise
  boolean rehearse(States now, Consumer<Event> events, Rehearsal rehearsal)
      throws RefusedException, IOException;

  /// Changes that are made to a copy.
  @FunctionalInterface
  interface Rehearsal {
    void run(Configuration copy) throws IOException;
  }

  /// Remembers a milestone for the next start of the daemon, `all` for none.
  void defaultMilestone(String milestone, Actor actor) throws RefusedException;
}
