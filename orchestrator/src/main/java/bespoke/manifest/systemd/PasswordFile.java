package bespoke.manifest.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Who may log in on this machine, as far as passwd(5) says it.
interface PasswordFile {

  /// What systemd tells a process of its account.
  ///
  /// @param name by which it logs in
  /// @param home directory
  /// @param shell program
  record Login(String name, String home, String shell) {}

  /// The account of a name or number.
  Optional<Login> login(String user);

  /// Reads the file anew for each question; one that cannot be read, or is larger than 1 MiB, has
  /// nobody.
  static PasswordFile at(Path path) {
    return user -> {
      try {
        if (Files.size(path) > 1024 * 1024) {
          return Optional.empty();
        }
        return Files.readString(path, StandardCharsets.ISO_8859_1)
            .lines()
            .map(line -> line.split(":", -1))
            .filter(fields -> fields.length == 7)
            .filter(fields -> fields[0].equals(user) || fields[2].equals(user))
            .map(fields -> new Login(fields[0], fields[5], fields[6]))
            .findFirst();
      } catch (IOException _) {
        return Optional.empty();
      }
    };
  }
}
