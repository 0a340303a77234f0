package bespoke.control;

import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import java.util.List;

/// The word in parentheses behind an entity in svcs(1) `-l`: a state, `multiple`, `absent`.
final class EntityStates {
  private EntityStates() {}

  static String of(Entity entity, States states) {
    return switch (entity) {
      case FileFmri file -> states.exists(file) ? "online" : "absent";
      case Fmri fmri -> ofMembers(fmri, Blockers.members(fmri, states));
    };
  }

  private static String ofMembers(Fmri fmri, List<InstanceStatus> members) {
    if (members.isEmpty()) {
      return "absent";
    }
    return members.size() > 1 && !(fmri instanceof InstanceFmri)
        ? "multiple"
        : members.getFirst().runtime().state().toString();
  }
}
