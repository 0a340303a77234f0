package bespoke.restarter;

import bespoke.os.Accounts;
import bespoke.os.Processes;
import java.nio.file.Path;
import java.util.Optional;

/// Home directories of users (passwd(5)), looked up each time.
final class Homes {

  private Homes() {}

  /// The home of a user.
  ///
  /// @param user name or number; empty means ours
  static Optional<Path> of(String user) {
    return account(user)
        .map(Accounts.User::home)
        .filter(home -> home.startsWith("/"))
        .map(Path::of);
  }

  /// The account of a user.
  ///
  /// @param user name or number; empty means ours
  static Optional<Accounts.User> account(String user) {
    if (user.isEmpty()) {
      return Accounts.user(Processes.uid(Processes.self()).orElse(0));
    }
    return user.matches("[0-9]{1,10}") ? Accounts.user(Long.parseLong(user)) : Accounts.user(user);
  }
}
