package bespoke.contract;

import bespoke.contract.LaunchFailure.Kind;
import bespoke.os.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The numbers that [Credentials] stand for.
///
/// @param uid the user
/// @param gid the group
/// @param groups supplementary groups, rising
record Identity(long uid, long gid, List<Long> groups) {

  /// The answer to [#resolve].
  sealed interface Resolved {
    /// Nothing about user and groups was asked for.
    record Ours() implements Resolved {}

    record Known(Identity identity) implements Resolved {}

    record Unknown(LaunchFailure failure) implements Resolved {}
  }

  static Resolved resolve(Credentials credentials) {
    if (credentials.user().isEmpty()
        && credentials.group().isEmpty()
        && credentials.supplementaryGroups().isEmpty()) {
      return new Resolved.Ours();
    }
    String wanted = credentials.user().orElseGet(() -> Long.toString(OurIdentity.uid()));
    Optional<Accounts.User> user =
        isNumber(wanted) ? Accounts.user(Long.parseLong(wanted)) : Accounts.user(wanted);
    if (user.isEmpty() && !isNumber(wanted)) {
      return unknown(Kind.UNKNOWN_USER, "there is no user \"" + wanted + "\"");
    }
    Optional<Long> gid =
        credentials.group().isPresent()
            ? groupNumber(credentials.group().get())
            : user.map(Accounts.User::gid);
    if (gid.isEmpty()) {
      return unknown(
          Kind.UNKNOWN_GROUP,
          credentials
              .group()
              .map(name -> "there is no group \"" + name + "\"")
              .orElse("user " + wanted + " has no passwd entry, so a group must be given"));
    }
    TreeSet<Long> groups = new TreeSet<>();
    List<String> missing = new ArrayList<>();
    if (credentials.supplementaryGroups().isPresent()) {
      for (String name : credentials.supplementaryGroups().get()) {
        groupNumber(name).ifPresentOrElse(groups::add, () -> missing.add(name));
      }
    } else {
      user.ifPresent(known -> groups.addAll(Accounts.groupsOf(known)));
    }
    if (!missing.isEmpty()) {
      return unknown(
          Kind.UNKNOWN_GROUP, "there is no group \"" + String.join("\", \"", missing) + "\"");
    }
    long uid = user.map(Accounts.User::uid).orElseGet(() -> Long.parseLong(wanted));
    return new Resolved.Known(new Identity(uid, gid.get(), List.copyOf(groups)));
  }

  private static Resolved unknown(Kind kind, String reason) {
    return new Resolved.Unknown(new LaunchFailure(kind, "cannot set the user: " + reason));
  }

  private static Optional<Long> groupNumber(String name) {
    return isNumber(name)
        ? Optional.of(Long.parseLong(name))
        : Accounts.group(name).map(Accounts.Group::gid);
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]{1,10}") && Long.parseLong(text) < 0xffff_ffffL;
  }
}
