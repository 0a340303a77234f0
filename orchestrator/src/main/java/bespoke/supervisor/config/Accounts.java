package bespoke.supervisor.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// Looks up users and groups in the files passwd(5) and group(5).
public final class Accounts {
  private final Path passwd;
  private final Path group;

  public Accounts(Path passwd, Path group) {
    this.passwd = passwd;
    this.group = group;
  }

  /// The accounts of this machine.
  public static Accounts system() {
    return new Accounts(Path.of("/etc/passwd"), Path.of("/etc/group"));
  }

  /// The user with this name or number.
  public Optional<Account> user(String nameOrUid) {
    String wanted = nameOrUid.strip();
    boolean byNumber = isNumber(wanted);
    return find(passwd, 7, fields -> fields.get(byNumber ? 2 : 0).equals(wanted))
        .filter(fields -> isNumber(fields.get(2)) && isNumber(fields.get(3)))
        .map(fields ->
            new Account(
                fields.get(0),
                Integer.parseInt(fields.get(2)),
                Integer.parseInt(fields.get(3)),
                fields.get(5)));
  }

  /// The number of the group with this name or number.
  public OptionalInt group(String nameOrGid) {
    String wanted = nameOrGid.strip();
    boolean byNumber = isNumber(wanted);
    return find(group, 3, fields -> fields.get(byNumber ? 2 : 0).equals(wanted))
        .filter(fields -> isNumber(fields.get(2)))
        .map(fields -> OptionalInt.of(Integer.parseInt(fields.get(2))))
        .orElse(OptionalInt.empty());
  }

  private static boolean isNumber(String text) {
    return text.matches("\\d{1,9}");
  }

  private static Optional<List<String>> find(
      Path file, int fieldsMin, Predicate<List<String>> wanted) {
    try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines
          .map(line -> List.of(line.split(":", -1)))
          .filter(fields -> fields.size() >= fieldsMin && wanted.test(fields))
          .findFirst();
    } catch (IOException _) {
      return Optional.empty(); // without the file nobody is known, which the caller reports
    }
  }
}
