package bespoke.ondemand;

import bespoke.model.InstanceFmri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What the next restarter has to know of each instance after this one was killed: whether it was
/// armed, and which contracts are its own. A file an instance, mode 0600, of one boot of the
/// machine.
///
/// The files need not survive a power loss: then the contracts are gone, too.
final class ArmedRecords {
  private static final int SIZE_BYTES_MAX = 1 << 20;
  private static final String SUFFIX = ".armed";

  private final Path directory;
  private final String bootId;

  /// @param directory made with mode 0700 when it is missing
  ArmedRecords(Path directory, String bootId) throws IOException {
    this.directory = directory;
    this.bootId = bootId;
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /// What is known of an instance.
  ///
  /// @param armed whether it was armed
  /// @param contracts those that had processes, rising
  record Known(boolean armed, Set<Long> contracts) {
    static final Known NOTHING = new Known(false, Set.of());

    Known {
      contracts = Set.copyOf(contracts);
    }
  }

  Path file(InstanceFmri instance, String suffix) {
    String name = instance.logFileName();
    return directory.resolve(name.substring(0, name.length() - ".log".length()) + suffix);
  }

  /// Reads what an earlier restarter wrote since the machine was booted; nothing if it cannot be
  /// read, since then only what is running is lost sight of.
  Known read(InstanceFmri instance) {
    Path file = file(instance, SUFFIX);
    try {
      if (Files.notExists(file) || Files.size(file) > SIZE_BYTES_MAX) {
        return Known.NOTHING;
      }
      List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
      if (lines.size() != 3 || !lines.getFirst().equals(bootId)) {
        return Known.NOTHING;
      }
      Set<Long> contracts = new TreeSet<>();
      Arrays.stream(lines.get(2).split(" "))
          .filter(number -> number.matches("[0-9]{1,18}"))
          .forEach(number -> contracts.add(Long.parseLong(number)));
      return new Known(lines.get(1).equals("armed"), contracts);
    } catch (IOException e) {
      return Known.NOTHING;
    }
  }

  void write(InstanceFmri instance, Known known) throws IOException {
    StringBuilder text = new StringBuilder(bootId).append('\n');
    text.append(known.armed() ? "armed" : "waiting for nothing").append('\n');
    new TreeSet<>(known.contracts()).forEach(contract -> text.append(contract).append(' '));
    replace(file(instance, SUFFIX), text.append('\n').toString());
  }

  void delete(InstanceFmri instance) {
    try {
      Files.deleteIfExists(file(instance, SUFFIX));
    } catch (IOException _) {
      // it is read again only for an instance of the same name, and names this boot
    }
  }

  /// Writes a file whole or not at all.
  static void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, text, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
