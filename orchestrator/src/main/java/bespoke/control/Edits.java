package bespoke.control;

import bespoke.api.AppliedRecord;
import bespoke.api.ConfigurationRequest;
import bespoke.api.EditingRequest;
import bespoke.api.ErrorKind;
import bespoke.api.Outcome;
import bespoke.model.Fmri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What `svccfg` changes of properties: one edit, or those of a script together.
final class Edits {
  private final Configuration configuration;
  private final Entities entities;
  private final EditPermission permission;

  Edits(Machine machine, Configuration configuration, Authorizer authorizer) {
    this.configuration = configuration;
    this.entities = new Entities(machine, configuration);
    this.permission = new EditPermission(configuration, authorizer);
  }

  void edit(Caller caller, ConfigurationRequest.Edit request, Answer answer) throws IOException {
    Attempts.attempt(
        answer,
        () -> {
          Configuration.EntityEdit edit = allowed(caller, request);
          Configuration.Edited edited = configuration.edit(List.of(edit), true, caller.actor());
          if (edited.problem().isPresent()) {
            throw Attempts.refused(ErrorKind.STATE, edited.problem().get());
          }
        });
  }

  private Configuration.EntityEdit allowed(Caller caller, ConfigurationRequest.Edit request)
      throws Configuration.RefusedException {
    Fmri entity = entities.one(request.entity());
    if (!permission.isGiven(caller, entity, request.changes())) {
      throw Attempts.denied();
    }
    return new Configuration.EntityEdit(entity, request.changes());
  }

  /// Edits up to the first that is refused, by the repository or for lack of permission.
  void script(Caller caller, EditingRequest.Script request, Answer answer) throws IOException {
    List<Configuration.EntityEdit> allowed = new ArrayList<>(request.edits().size());
    Outcome outcome = Outcome.OK;
    for (ConfigurationRequest.Edit edit : request.edits()) {
      try {
        allowed.add(allowed(caller, edit));
      } catch (Configuration.RefusedException e) {
        outcome = Outcome.failed(e.kind(), String.valueOf(e.getMessage()));
        break;
      }
    }
    Outcome otherwise = outcome;
    Attempts.attempt(
        answer,
        () -> {
          Configuration.Edited edited = configuration.edit(allowed, true, caller.actor());
          answer.add(new AppliedRecord(edited.applied()));
          answer.end(
              edited.problem().map(it -> Outcome.failed(ErrorKind.STATE, it)).orElse(otherwise));
        });
  }
}
