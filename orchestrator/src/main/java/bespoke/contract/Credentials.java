package bespoke.contract;

import java.util.List;
import java.util.Optional;

/// As whom a process runs. Names are resolved at each launch.
///
/// @param user name or number; empty keeps ours
/// @param group name or number; empty means the primary group of the user, or ours
/// @param supplementaryGroups names or numbers; empty means all groups of the user (initgroups(3))
///   if one is given, else ours
/// @param capabilities lower case without `cap_`, for the bounding, inheritable and ambient sets;
///   empty leaves the sets alone
/// @param noNewPrivileges whether to set `no_new_privs` (prctl(2))
public record Credentials(
    Optional<String> user,
    Optional<String> group,
    Optional<List<String>> supplementaryGroups,
    Optional<List<String>> capabilities,
    boolean noNewPrivileges) {

  /// As we are.
  public static final Credentials OURS =
      new Credentials(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

  public Credentials {
    supplementaryGroups = supplementaryGroups.map(List::copyOf);
    capabilities = capabilities.map(List::copyOf);
  }

  /// A user with all its groups.
  public static Credentials ofUser(String user) {
    return new Credentials(
        Optional.of(user), Optional.empty(), Optional.empty(), Optional.empty(), false);
  }
}
