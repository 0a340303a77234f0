package bespoke.control;

import bespoke.model.PropertyGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Who may do what (smf_security(7); smf.md 10): root and the daemon's own user everything, others
/// what one of their authorizations allows.
///
/// The names are SMF's without `solaris.`, which may stand before them: `smf.manage`, `smf.modify`,
/// `smf.modify.framework`, `system.shutdown`, and any name that `action_authorization`,
/// `modify_authorization` or `value_authorization` mentions.
final class Authorizer {
  static final String MANAGE = "smf.manage";
  static final String MODIFY = "smf.modify";
  static final String SHUTDOWN = "system.shutdown";

  private static final String GENERAL = "general";

  private final Grants grants;

  Authorizer(Grants grants) {
    this.grants = grants;
  }

  /// Restart, refresh, clear, mark and temporary enable or disable.
  boolean mayAct(Caller caller, Supplier<PropertyGroups> composed) {
    return caller.isPrivileged()
        || holds(caller, List.of(MANAGE))
        || holds(caller, named(composed.get(), GENERAL, "action_authorization"));
  }

  /// Permanent enable or disable.
  boolean mayEnable(Caller caller, Supplier<PropertyGroups> composed) {
    return caller.isPrivileged()
        || holds(caller, List.of(MANAGE, MODIFY, MODIFY + ".framework"))
        || holds(caller, named(composed.get(), GENERAL, "value_authorization"))
        || holds(caller, named(composed.get(), GENERAL, "modify_authorization"));
  }

  /// The milestone.
  boolean mayManage(Caller caller) {
    return holds(caller, List.of(MANAGE));
  }

  /// Import, apply, delete, add, revert.
  boolean mayModify(Caller caller) {
    return holds(caller, List.of(MODIFY));
  }

  /// Ending the daemon.
  boolean mayShutDown(Caller caller) {
    return holds(caller, List.of(SHUTDOWN));
  }

  /// Changing a property group.
  ///
  /// @param type of the group
  /// @param valuesOnly whether only values of existing properties change, and not those that
  ///   authorize
  boolean mayEdit(
      Caller caller, PropertyGroups composed, String group, String type, boolean valuesOnly) {
    return holds(caller, List.of(MODIFY, MODIFY + "." + type))
        || holds(caller, named(composed, group, "modify_authorization"))
        || valuesOnly && holds(caller, named(composed, group, "value_authorization"));
  }

  /// Reading the values of a property group; one that names who may read is closed to others.
  boolean mayRead(Caller caller, PropertyGroups composed, String group) {
    List<String> readers = named(composed, group, "read_authorization");
    if (readers.isEmpty() || caller.isPrivileged()) {
      return true;
    }
    List<String> any = new ArrayList<>(readers);
    any.add(MODIFY);
    any.addAll(named(composed, group, "modify_authorization"));
    any.addAll(named(composed, group, "value_authorization"));
    return holds(caller, any);
  }

  private static List<String> named(PropertyGroups composed, String group, String property) {
    return composed.property(group, property).map(bespoke.model.Property::values).orElse(List.of());
  }

  private boolean holds(Caller caller, List<String> anyOf) {
    if (caller.isPrivileged()) {
      return true;
    }
    for (String authorization : anyOf) {
      if (!authorization.isEmpty() && grants.holds(caller, plain(authorization))) {
        return true;
      }
    }
    return false;
  }

  /// The name without `solaris.`.
  static String plain(String authorization) {
    return authorization.startsWith("solaris.")
        ? authorization.substring("solaris.".length())
        : authorization;
  }
}
