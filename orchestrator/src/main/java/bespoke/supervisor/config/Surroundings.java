package bespoke.supervisor.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// What a configuration may name of the machine that it is for: accounts and directories.
///
/// A server refuses what is not there. A configuration that is only converted may be of another
/// machine, or of this one before its packages are installed: every directory counts as there, and
/// an unknown account as one whose number is [#UNKNOWN].
final class Surroundings {

  /// The number of an account that is not known here; nobody runs as it.
  static final int UNKNOWN = -1;

  private final Accounts accounts;
  private final boolean elsewhere;

  private Surroundings(Accounts accounts, boolean elsewhere) {
    this.accounts = accounts;
    this.elsewhere = elsewhere;
  }

  /// The machine that the programs are to run on, now.
  static Surroundings here(Accounts accounts) {
    return new Surroundings(accounts, false);
  }

  /// Some machine.
  static Surroundings elsewhere(Accounts accounts) {
    return new Surroundings(accounts, true);
  }

  /// Whether it is some machine.
  boolean areElsewhere() {
    return elsewhere;
  }

  /// The user with this name or number.
  ///
  /// @throws ConfigurationException if there is none
  Account user(String name) throws ConfigurationException {
    Optional<Account> user = accounts.user(name);
    if (user.isEmpty() && !elsewhere) {
      throw new ConfigurationException("Invalid user name " + name);
    }
    return user.orElseGet(() -> new Account(name.strip(), UNKNOWN, UNKNOWN, "/"));
  }

  /// The number of the group with this name or number.
  ///
  /// @throws ConfigurationException if there is none
  int group(String name) throws ConfigurationException {
    OptionalInt group = accounts.group(name);
    if (group.isEmpty() && !elsewhere) {
      throw new ConfigurationException("Invalid group name " + name);
    }
    return group.orElse(UNKNOWN);
  }

  /// A path of a directory, with `~` replaced.
  ///
  /// @throws ConfigurationException if it is none
  String directory(String text) throws ConfigurationException {
    String path = Conversion.withHome(text);
    if (!elsewhere && !Files.isDirectory(Path.of(path))) {
      throw Conversion.wrong(path + " is not an existing directory");
    }
    return path;
  }

  /// A path of a file, with `~` replaced.
  ///
  /// @throws ConfigurationException if there is no directory for it
  String file(String text) throws ConfigurationException {
    String path = Conversion.withHome(text);
    Path directory = Path.of(path).toAbsolutePath().getParent();
    if (!elsewhere && directory != null && !Files.isDirectory(directory)) {
      throw Conversion.wrong("The directory named as part of the path " + path + " does not exist");
    }
    return path;
  }

  /// `NONE`, `AUTO` or a file.
  ///
  /// @throws ConfigurationException if there is no directory for it
  LogDestination log(String text) throws ConfigurationException {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "none", "off", "syslog", "" -> new LogDestination.None();
      case "auto" -> new LogDestination.Auto();
      default -> new LogDestination.File(file(text.strip()));
    };
  }
}
