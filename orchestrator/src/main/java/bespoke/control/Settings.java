package bespoke.control;

import bespoke.api.Change;
import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.ErrorKind;
import bespoke.api.Glob;
import bespoke.api.NameRecord;
import bespoke.api.OperandMatcher;
import bespoke.api.Outcome;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.api.TextRecord;
import bespoke.engine.Event;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceFmri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `svccfg` and `svcprop` ask for.
final class Settings {
  private static final String PERMISSION_DENIED = "Permission denied.";
  private static final int TEXT_CHARACTERS = 1 << 20;

  private final Machine machine;
  private final Configuration configuration;
  private final Authorizer authorizer;

  Settings(Machine machine, Configuration configuration, Authorizer authorizer) {
    this.machine = machine;
    this.configuration = configuration;
    this.authorizer = authorizer;
  }

  /// A step that may be refused.
  @FunctionalInterface
  private interface Step {
    void run() throws Configuration.RefusedException, IOException;
  }

  private void modify(Caller caller, Answer answer, Step step) throws IOException {
    if (!authorizer.mayModify(caller)) {
      answer.fail(ErrorKind.PERMISSION, PERMISSION_DENIED);
      return;
    }
    attempt(answer, step);
  }

  private static void attempt(Answer answer, Step step) throws IOException {
    try {
      step.run();
      if (!answer.hasEnded()) {
        answer.end(Outcome.OK);
      }
    } catch (Configuration.RefusedException e) {
      answer.fail(e.kind(), String.valueOf(e.getMessage()));
    }
  }

  void importFiles(Caller caller, ConfigurationRequest.Import request, Answer answer)
      throws IOException {
    Step step =
        () -> {
          Configuration.Report report = configuration.importFiles(request, caller.actor());
          if (request.plan() && !report.hasErrors() && !report.foreseen().isEmpty()) {
            new Plans(machine)
                .answer(
                    List.of(new Event.DefinitionsImported(report.foreseen(), List.of())), answer);
          }
          report(report, answer);
        };
    if (request.validateOnly() && !request.files().isEmpty()) {
      attempt(answer, step);
    } else {
      modify(caller, answer, step);
    }
  }

  void apply(Caller caller, ConfigurationRequest.Apply request, Answer answer) throws IOException {
    modify(caller, answer, () -> report(configuration.apply(request, caller.actor()), answer));
  }

  private static void report(Configuration.Report report, Answer answer) throws IOException {
    answer.addAll(report.problems());
    answer.addAll(report.files());
    answer.addAll(report.constructs());
    answer.addAll(report.imported());
    answer.end(
        report.hasErrors()
            ? new Outcome(ErrorKind.INVALID.word(), 1, List.of(), List.of())
            : Outcome.OK);
  }

  void delete(Caller caller, ConfigurationRequest.Delete request, Answer answer)
      throws IOException {
    if (request.plan()) {
      planDeletion(request, answer);
      return;
    }
    modify(
        caller,
        answer,
        () ->
            report(
                configuration.delete(entity(request.entity()), request.force(), caller.actor()),
                answer));
  }

  private void planDeletion(ConfigurationRequest.Delete request, Answer answer) throws IOException {
    attempt(
        answer,
        () -> {
          List<InstanceFmri> gone =
              switch (entity(request.entity())) {
                case InstanceFmri instance -> List.of(instance);
                case ServiceFmri service -> machine.instancesOf(service);
              };
          new Plans(machine)
              .answer(List.of(new Event.DefinitionsImported(List.of(), gone)), answer);
        });
  }

  void add(Caller caller, ConfigurationRequest.Add request, Answer answer) throws IOException {
    modify(caller, answer, () -> configuration.add(parse(request.entity()), caller.actor()));
  }

  void names(ConfigurationRequest.ListNames request, Answer answer) throws IOException {
    attempt(
        answer,
        () -> {
          Optional<Fmri> service =
              request.entity().isEmpty() ? Optional.empty() : Optional.of(entity(request.entity()));
          for (String name : configuration.names(service)) {
            if (request.pattern().isEmpty() || new Glob(request.pattern()).matches(name)) {
              answer.add(new NameRecord(name));
            }
          }
        });
  }

  void export(Caller caller, ConfigurationRequest.Export request, Answer answer)
      throws IOException {
    attempt(
        answer,
        () -> {
          Optional<Fmri> service =
              request.entity().isEmpty() ? Optional.empty() : Optional.of(entity(request.entity()));
          boolean all = request.allValues();
          if (all && !authorizer.mayModify(caller)) {
            throw refused(ErrorKind.PERMISSION, PERMISSION_DENIED);
          }
          text(configuration.export(service, all), answer);
        });
  }

  void extract(Answer answer) throws IOException {
    attempt(answer, () -> text(configuration.extract(), answer));
  }

  private static void text(String text, Answer answer) throws IOException {
    for (int at = 0; at < text.length(); at += TEXT_CHARACTERS) {
      answer.add(new TextRecord(text.substring(at, Math.min(text.length(), at + TEXT_CHARACTERS))));
    }
  }

  void properties(Caller caller, ConfigurationRequest.Properties request, Answer answer)
      throws IOException {
    attempt(
        answer,
        () -> {
          List<String> unmatched = new ArrayList<>();
          for (String operand : request.operands()) {
            List<Fmri> entities = entities(operand);
            if (entities.isEmpty()) {
              unmatched.add(operand);
            }
            for (Fmri entity : entities) {
              answer.add(
                  conceal(
                      caller,
                      entity,
                      configuration.properties(entity, request.view(), request.snapshot())));
            }
          }
          if (!unmatched.isEmpty()) {
            answer.end(new Outcome(ErrorKind.NOT_FOUND.word(), 1, List.of(), unmatched));
          }
        });
  }

  /// An exact service means the service itself; otherwise instances.
  private List<Fmri> entities(String operand) {
    OperandMatcher.Match match = new OperandMatcher(machine.catalogue()).match(operand);
    if (match.kind() == OperandMatcher.Kind.SERVICE) {
      return List.of(Fmri.parse(OperandMatcher.canonical(operand)));
    }
    if (match.fmris().isEmpty()) {
      return service(operand).<List<Fmri>>map(List::of).orElse(List.of());
    }
    return match.fmris().stream().<Fmri>map(InstanceFmri::parse).toList();
  }

  /// A service without instances is not in the catalogue.
  private Optional<Fmri> service(String operand) {
    try {
      return Fmri.parse(operand) instanceof ServiceFmri service
              && configuration.names(Optional.empty()).contains(service.service())
          ? Optional.of(service)
          : Optional.empty();
    } catch (IllegalArgumentException notAnFmri) {
      return Optional.empty();
    }
  }

  private ConfiguredEntity conceal(Caller caller, Fmri fmri, ConfiguredEntity entity) {
    if (caller.isPrivileged()) {
      return entity;
    }
    PropertyGroups composed = configuration.composed(fmri);
    List<PropertyGroupRecord> groups = new ArrayList<>(entity.groups().size());
    for (PropertyGroupRecord group : entity.groups()) {
      groups.add(authorizer.mayRead(caller, composed, group.name()) ? group : withoutValues(group));
    }
    return new ConfiguredEntity(entity.fmri(), groups);
  }

  private static PropertyGroupRecord withoutValues(PropertyGroupRecord group) {
    List<PropertyRecord> properties = new ArrayList<>(group.properties().size());
    for (PropertyRecord property : group.properties()) {
      boolean names = property.name().endsWith("_authorization");
      properties.add(
          names
              ? property
              : new PropertyRecord(
                  property.name(),
                  property.type(),
                  List.of(),
                  true,
                  property.layer(),
                  property.origin()));
    }
    return new PropertyGroupRecord(group.name(), group.type(), group.persistent(), properties);
  }

  void edit(Caller caller, ConfigurationRequest.Edit request, Answer answer) throws IOException {
    attempt(
        answer,
        () -> {
          Fmri entity = entity(request.entity());
          if (!mayEdit(caller, entity, request.changes())) {
            throw refused(ErrorKind.PERMISSION, PERMISSION_DENIED);
          }
          if (!request.plan()) { // an edit moves nothing before a refresh
            configuration.edit(entity, request.changes(), caller.actor());
          }
        });
  }

  private boolean mayEdit(Caller caller, Fmri entity, List<Change> changes) {
    if (caller.isPrivileged()) {
      return true;
    }
    PropertyGroups composed = configuration.composed(entity);
    for (Change change : changes) {
      Optional<PropertyGroup> group = composed.group(change.group());
      boolean valuesOnly =
          change.kind().equals("setprop")
              && composed.property(change.group(), change.property()).isPresent()
              && !change.property().endsWith("_authorization");
      String type = group.map(PropertyGroup::type).orElse(change.type());
      if (!authorizer.mayEdit(caller, composed, change.group(), type, valuesOnly)) {
        return false;
      }
    }
    return true;
  }

  void snapshots(ConfigurationRequest.ListSnapshots request, Answer answer) throws IOException {
    attempt(
        answer,
        () -> {
          for (String name : configuration.snapshots(instance(request.entity()))) {
            answer.add(new NameRecord(name));
          }
        });
  }

  void revert(Caller caller, ConfigurationRequest.Revert request, Answer answer)
      throws IOException {
    modify(
        caller,
        answer,
        () -> configuration.revert(instance(request.entity()), request.snapshot(), caller.actor()));
  }

  void customizations(Caller caller, ConfigurationRequest.Customizations request, Answer answer)
      throws IOException {
    attempt(
        answer,
        () -> {
          List<String> operands = request.operands().isEmpty() ? List.of("*") : request.operands();
          Operands found = Operands.any(operands, machine.catalogue());
          for (InstanceFmri fmri : found.fmris()) {
            ConfiguredEntity entity = configuration.customizations(fmri);
            if (!entity.groups().isEmpty() || !request.operands().isEmpty()) {
              answer.add(conceal(caller, fmri, entity));
            }
          }
          answer.end(request.operands().isEmpty() ? Outcome.OK : found.outcome());
        });
  }

  void deleteCustomizations(
      Caller caller, ConfigurationRequest.DeleteCustomizations request, Answer answer)
      throws IOException {
    modify(
        caller,
        answer,
        () ->
            configuration.deleteCustomizations(
                entity(request.entity()), request.pattern(), caller.actor()));
  }

  private InstanceFmri instance(String operand) throws Configuration.RefusedException {
    return switch (entity(operand)) {
      case InstanceFmri instance -> instance;
      case ServiceFmri service -> throw refused(ErrorKind.STATE, "Only instances have snapshots.");
    };
  }

  /// Exactly one service or instance.
  private Fmri entity(String operand) throws Configuration.RefusedException {
    List<Fmri> entities = entities(operand);
    if (entities.isEmpty()) {
      throw refused(ErrorKind.NOT_FOUND, "Pattern '" + operand + "' doesn't match any entities");
    }
    if (entities.size() > 1) {
      StringBuilder message =
          new StringBuilder("Pattern '" + operand + "' matches multiple instances:");
      entities.forEach(entity -> message.append("\n\t").append(entity));
      throw refused(ErrorKind.AMBIGUOUS, message.toString());
    }
    return entities.getFirst();
  }

  private static Fmri parse(String text) throws Configuration.RefusedException {
    try {
      return Fmri.parse(text);
    } catch (IllegalArgumentException e) {
      throw refused(ErrorKind.BAD_REQUEST, "cannot read \"" + text + "\": " + e.getMessage());
    }
  }

  private static Configuration.RefusedException refused(ErrorKind kind, String message) {
    return new Configuration.RefusedException(kind, message);
  }
}
