package bespoke.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Which machine this is (machine-id(5)), so that a repository that was copied from another one is
/// known as such.
final class MachineId {

  private static final Path FILE = Path.of("/etc/machine-id");

  private MachineId() {}

  /// The id; empty where there is none, as in many containers.
  static String here() {
    try {
      return Files.exists(FILE) ? Files.readString(FILE).strip() : "";
    } catch (IOException e) {
      return ""; // nothing depends on it but a message
    }
  }

  /// Remembers who uses the store; tells when it was another machine before.
  ///
  /// @param machine the id of this one; if it is empty nothing is remembered
  /// @param before what is in the store, or empty
  static void note(Store store, String machine, String before, Path file, List<String> messages) {
    if (machine.isEmpty() || machine.equals(before)) {
      return;
    }
    try {
      store.commit(List.of(new Change(Sql.PUT_MACHINE, 1L, machine)), 0, false);
    } catch (RepositoryException e) {
      messages.add(String.valueOf(e.getMessage())); // the next opening tries again
    }
    if (!before.isEmpty()) {
      messages.add(
          "the repository "
              + file
              + " was used by another machine before ("
              + before
              + "): services and settings are kept, nothing that ran there is taken over");
    }
  }
}
