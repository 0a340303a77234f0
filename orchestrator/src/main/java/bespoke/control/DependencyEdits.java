package bespoke.control;

import bespoke.api.Change;
import bespoke.api.EdgeDifferenceRecord;
import bespoke.api.EdgeRecord;
import bespoke.api.EditingRequest;
import bespoke.api.ErrorKind;
import bespoke.api.NoteRecord;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import bespoke.model.RestartOn;
import bespoke.model.ServiceFmri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `svccfg adddep`, `setdep` and `deldep` ask for: edges in words, made as changes of
/// properties, with the difference they make.
final class DependencyEdits {
  private final Configuration configuration;
  private final Entities entities;
  private final EditPermission permission;

  DependencyEdits(Machine machine, Configuration configuration, Authorizer authorizer) {
    this.configuration = configuration;
    this.entities = new Entities(machine, configuration);
    this.permission = new EditPermission(configuration, authorizer);
  }

  void edit(Caller caller, EditingRequest.EditDependency request, Answer answer)
      throws IOException {
    Attempts.attempt(
        answer,
        () -> {
          Fmri entity = entities.one(request.entity());
          PropertyGroups own = configuration.own(entity);
          PropertyGroups inherited =
              entity instanceof InstanceFmri
                  ? configuration.own(entity.serviceFmri())
                  : PropertyGroups.EMPTY;
          Origin by = new Origin.Administrator(caller.actor().user(), 0);
          EdgeEditing editing = new EdgeEditing(inherited.overriddenBy(own), by);
          Map<String, DependencyGroup> before = editing.groups();
          EdgeEditing.Wish wish = wish(request);
          make(request.action(), editing, wish);
          Map<String, DependencyGroup> after = editing.groups();
          PropertyGroups wanted = GroupChanges.own(own, inherited, before, after);
          List<Change> changes = GroupChanges.between(own, wanted);
          if (!permission.isGiven(caller, entity, changes)) {
            throw Attempts.denied();
          }
          Optional<String> cycle = configuration.cycleWith(entity, wanted);
          if (cycle.isPresent()) {
            throw Attempts.refused(ErrorKind.INVALID, cycle.get());
          }
          commit(entity, changes, caller);
          report(entity, before, after, wish, answer);
        });
  }

  private static void make(String action, EdgeEditing editing, EdgeEditing.Wish wish)
      throws Configuration.RefusedException {
    switch (action) {
      case "add" -> editing.add(wish);
      case "set" -> editing.set(wish);
      case "delete" -> editing.delete(wish);
      default -> throw Attempts.refused(ErrorKind.BAD_REQUEST, "unknown action \"" + action + "\"");
    }
  }

  private void commit(Fmri entity, List<Change> changes, Caller caller)
      throws Configuration.RefusedException {
    if (changes.isEmpty()) {
      return;
    }
    Configuration.Edited edited =
        configuration.edit(
            List.of(new Configuration.EntityEdit(entity, changes)), true, caller.actor());
    if (edited.problem().isPresent()) {
      throw Attempts.refused(ErrorKind.STATE, edited.problem().get());
    }
  }

  private void report(
      Fmri entity,
      Map<String, DependencyGroup> before,
      Map<String, DependencyGroup> after,
      EdgeEditing.Wish wish,
      Answer answer)
      throws IOException {
    List<EdgeRecord> removed = edges(entity, before);
    List<EdgeRecord> added = edges(entity, after);
    List<EdgeRecord> same = removed.stream().filter(it -> isIn(it, added)).toList();
    removed.removeAll(same);
    added.removeIf(edge -> isIn(edge, same));
    answer.add(new EdgeDifferenceRecord(entity.toString(), removed, added));
    for (Entity target : wish.targets()) {
      if (target instanceof Fmri fmri && !added.isEmpty() && entities.isUnknown(fmri)) {
        answer.add(new NoteRecord("There is no " + target + " yet.", false));
      }
    }
    if (!removed.isEmpty() || !added.isEmpty()) {
      answer.add(
          new NoteRecord(
              "It takes effect with:  svcadm refresh "
                  + entity.toString().substring("svc:/".length()),
              false));
    }
  }

  private static List<EdgeRecord> edges(Fmri entity, Map<String, DependencyGroup> groups) {
    List<EdgeRecord> edges = new ArrayList<>();
    groups.values().forEach(group -> edges.addAll(group.edges(entity)));
    return edges;
  }

  /// Whether the same edge is there, wherever it comes from.
  private static boolean isIn(EdgeRecord edge, List<EdgeRecord> edges) {
    for (EdgeRecord other : edges) {
      if (edge.to().equals(other.to())
          && edge.dependency().equals(other.dependency())
          && edge.grouping().equals(other.grouping())
          && edge.restartOn().equals(other.restartOn())) {
        return true;
      }
    }
    return false;
  }

  private EdgeEditing.Wish wish(EditingRequest.EditDependency request)
      throws Configuration.RefusedException {
    List<Entity> targets = new ArrayList<>();
    for (String target : request.targets()) {
      targets.add(target(target));
    }
    return new EdgeEditing.Wish(
        request.dependency(),
        word(request.grouping(), Grouping.named(request.grouping()), "grouping"),
        word(request.restartOn(), RestartOn.named(request.restartOn()), "restart_on"),
        targets);
  }

  private static <T> Optional<T> word(
      String text, @org.jspecify.annotations.Nullable T value, String what)
      throws Configuration.RefusedException {
    if (value == null && !text.isEmpty()) {
      throw Attempts.refused(ErrorKind.BAD_REQUEST, "\"" + text + "\" is no " + what);
    }
    return Optional.ofNullable(value);
  }

  /// A path, an FMRI in full, or a name that means one service or instance.
  private Entity target(String text) throws Configuration.RefusedException {
    try {
      if (text.startsWith("/") || text.startsWith("file:")) {
        return FileFmri.parse(text);
      }
      if (text.startsWith("svc:")) {
        return Fmri.parse(text);
      }
    } catch (IllegalArgumentException e) {
      throw Attempts.refused(
          ErrorKind.BAD_REQUEST, "cannot read \"" + text + "\": " + e.getMessage());
    }
    List<Fmri> found = entities.matching(text);
    Set<ServiceFmri> services = new LinkedHashSet<>();
    found.forEach(fmri -> services.add(fmri.serviceFmri()));
    if (services.size() == 1) {
      // a service stands for its instances, unless one was named
      return text.contains(":") && found.size() == 1
          ? found.getFirst()
          : services.iterator().next();
    }
    if (services.isEmpty()) {
      throw Attempts.refused(
          ErrorKind.NOT_FOUND,
          "Pattern '"
              + text
              + "' doesn't match any entities; write svc:/"
              + text
              + " for a service that will come later");
    }
    return entities.one(text);
  }
}
