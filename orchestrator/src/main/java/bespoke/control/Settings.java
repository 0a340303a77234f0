package bespoke.control;

import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.EditingRequest;
import bespoke.api.ErrorKind;
import bespoke.api.Glob;
import bespoke.api.NameRecord;
import bespoke.api.OperandMatcher;
import bespoke.api.Outcome;
import bespoke.api.ProblemRecord;
import bespoke.api.TextRecord;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.ServiceFmri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `svccfg` and `svcprop` ask for.
final class Settings {
  private static final int TEXT_CHARACTERS = 1 << 20;

  private final Configuration configuration;
  private final Authorizer authorizer;
  private final Attempts attempts;
  private final Entities entities;
  private final OperandMatcher.Catalogue catalogue;

  Settings(Machine machine, Configuration configuration, Authorizer authorizer) {
    this.configuration = configuration;
    this.authorizer = authorizer;
    this.attempts = new Attempts(authorizer);
    this.entities = new Entities(machine, configuration);
    this.catalogue = machine.catalogue();
  }

  void importFiles(Caller caller, ConfigurationRequest.Import request, Answer answer)
      throws IOException {
    Attempts.Step step = () -> report(configuration.importFiles(request, caller.actor()), answer);
    if (request.validateOnly() && !request.files().isEmpty()) {
      Attempts.attempt(answer, step);
    } else {
      attempts.modify(caller, answer, step);
    }
  }

  void apply(Caller caller, ConfigurationRequest.Apply request, Answer answer) throws IOException {
    attempts.modify(
        caller, answer, () -> report(configuration.apply(request, caller.actor()), answer));
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

  void restore(Caller caller, EditingRequest.Restore request, Answer answer) throws IOException {
    attempts.modify(
        caller,
        answer,
        () -> report(configuration.restore(request.archive(), true, caller.actor()), answer));
  }

  void delete(Caller caller, ConfigurationRequest.Delete request, Answer answer)
      throws IOException {
    attempts.modify(
        caller,
        answer,
        () ->
            report(
                configuration.delete(
                    entities.one(request.entity()), request.force(), caller.actor()),
                answer));
  }

  void add(Caller caller, ConfigurationRequest.Add request, Answer answer) throws IOException {
    attempts.modify(
        caller, answer, () -> configuration.add(Entities.parse(request.entity()), caller.actor()));
  }

  void names(ConfigurationRequest.ListNames request, Answer answer) throws IOException {
    Attempts.attempt(
        answer,
        () -> {
          Optional<Fmri> service =
              request.entity().isEmpty()
                  ? Optional.empty()
                  : Optional.of(entities.one(request.entity()));
          for (String name : configuration.names(service)) {
            if (request.pattern().isEmpty() || new Glob(request.pattern()).matches(name)) {
              answer.add(new NameRecord(name));
            }
          }
        });
  }

  void export(Caller caller, ConfigurationRequest.Export request, Answer answer)
      throws IOException {
    Attempts.attempt(
        answer,
        () -> {
          Optional<Fmri> service =
              request.entity().isEmpty()
                  ? Optional.empty()
                  : Optional.of(entities.one(request.entity()));
          boolean all = request.allValues();
          if (all && !authorizer.mayModify(caller)) {
            throw Attempts.denied();
          }
          text(configuration.export(service, all, request.format()), answer);
        });
  }

  void extract(ConfigurationRequest.Extract request, Answer answer) throws IOException {
    Attempts.attempt(answer, () -> text(configuration.extract(request.format()), answer));
  }

  void validate(ConfigurationRequest.Validate request, Answer answer) throws IOException {
    Attempts.attempt(
        answer,
        () -> {
          Operands found = Operands.any(request.operands(), catalogue);
          List<ProblemRecord> problems = configuration.violations(found.fmris());
          answer.addAll(problems);
          answer.end(
              problems.isEmpty()
                  ? found.outcome()
                  : new Outcome(ErrorKind.INVALID.word(), 1, List.of(), List.of()));
        });
  }

  private static void text(String text, Answer answer) throws IOException {
    for (int at = 0; at < text.length(); at += TEXT_CHARACTERS) {
      answer.add(new TextRecord(text.substring(at, Math.min(text.length(), at + TEXT_CHARACTERS))));
    }
  }

  void properties(Caller caller, ConfigurationRequest.Properties request, Answer answer)
      throws IOException {
    Attempts.attempt(
        answer,
        () -> {
          List<String> unmatched = new ArrayList<>();
          for (String operand : request.operands()) {
            List<Fmri> matching = entities.matching(operand);
            if (matching.isEmpty()) {
              unmatched.add(operand);
            }
            for (Fmri entity : matching) {
              answer.add(
                  new Concealing(configuration, authorizer)
                      .of(
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

  void snapshots(ConfigurationRequest.ListSnapshots request, Answer answer) throws IOException {
    Attempts.attempt(
        answer,
        () -> {
          for (String name : configuration.snapshots(instance(request.entity()))) {
            answer.add(new NameRecord(name));
          }
        });
  }

  void revert(Caller caller, ConfigurationRequest.Revert request, Answer answer)
      throws IOException {
    attempts.modify(
        caller,
        answer,
        () -> configuration.revert(instance(request.entity()), request.snapshot(), caller.actor()));
  }

  void customizations(Caller caller, ConfigurationRequest.Customizations request, Answer answer)
      throws IOException {
    Attempts.attempt(
        answer,
        () -> {
          List<String> unmatched = new ArrayList<>();
          for (Fmri fmri : customizable(request.operands(), unmatched)) {
            ConfiguredEntity entity = configuration.customizations(fmri);
            if (!entity.groups().isEmpty()) {
              answer.add(new Concealing(configuration, authorizer).of(caller, fmri, entity));
            }
          }
          if (!unmatched.isEmpty()) {
            answer.end(new Outcome(ErrorKind.NOT_FOUND.word(), 1, List.of(), unmatched));
          }
        });
  }

  /// What operands mean; each service and its instances when there are none.
  private List<Fmri> customizable(List<String> operands, List<String> unmatched) {
    List<Fmri> found = new ArrayList<>();
    for (String operand : operands) {
      List<Fmri> matching = entities.matching(operand);
      found.addAll(matching);
      if (matching.isEmpty()) {
        unmatched.add(operand);
      }
    }
    if (operands.isEmpty()) {
      for (String name : configuration.names(Optional.empty())) {
        ServiceFmri service = new ServiceFmri(name);
        found.add(service);
        configuration
            .names(Optional.of(service))
            .forEach(instance -> found.add(service.instance(instance)));
      }
    }
    return found;
  }

  void deleteCustomizations(
      Caller caller, ConfigurationRequest.DeleteCustomizations request, Answer answer)
      throws IOException {
    attempts.modify(
        caller,
        answer,
        () ->
            configuration.deleteCustomizations(
                entities.one(request.entity()), request.pattern(), caller.actor()));
  }

  private InstanceFmri instance(String operand) throws Configuration.RefusedException {
    return switch (entities.one(operand)) {
      case InstanceFmri instance -> instance;
      case ServiceFmri service ->
          throw Attempts.refused(ErrorKind.STATE, "Only instances have snapshots.");
    };
  }
}
