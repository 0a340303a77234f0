package bespoke.supervisor.server;

import bespoke.os.Errno;
import bespoke.os.NamedPipe;
import bespoke.os.Processes;
import bespoke.supervisor.config.Account;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A directory of the server's own: the named pipes of its programs and, for the next server, what
/// runs. It lies beside the pid file and is named after it.
public final class PrivateDirectory {
  private final Path directory;
  private final FileChannel lock;
  private final RecordJournal journal;

  private PrivateDirectory(Path directory, FileChannel lock) throws IOException {
    this.directory = directory;
    this.lock = lock;
    journal = new RecordJournal(directory.resolve("processes"), Processes.bootId());
  }

  /// Makes the directory if need be.
  ///
  /// @throws IOException if it cannot be made, somebody else could write in it, or another server
  ///   uses it
  public static PrivateDirectory open(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Object owner = Files.getAttribute(directory, "unix:uid");
    if (!owner.equals(bespoke.os.OwnProcess.effectiveUid())) {
      throw new IOException(directory + " belongs to user " + owner);
    }
    // programs of other users reach their notification sockets, and see no names
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    FileChannel lock =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock.tryLock() == null) {
        throw new IOException(directory + " is used by another server");
      }
      return new PrivateDirectory(directory, lock);
    } catch (IOException | OverlappingFileLockException e) {
      lock.close();
      throw new IOException(directory + " is used by another server", e);
    }
  }

  /// The records of running processes.
  public RecordJournal journal() {
    return journal;
  }

  /// A file of one run.
  Path file(long run, String ending) {
    return directory.resolve(run + ending);
  }

  public Path path() {
    return directory;
  }

  /// Makes a pipe that a program's user may open again by /dev/stdout.
  ///
  /// @throws IOException with the reason
  Path makePipe(String name, @Nullable Account user) throws IOException {
    Path pipe = directory.resolve(name);
    int answer = NamedPipe.make(pipe, 0600);
    if (answer == -Errno.EEXIST) {
      Files.delete(pipe); // of a run long ago whose number comes again
      answer = NamedPipe.make(pipe, 0600);
    }
    if (answer != 0) {
      throw new IOException(Errno.text(-answer));
    }
    if (user != null && user.uid() != bespoke.os.OwnProcess.effectiveUid()) {
      Files.setAttribute(pipe, "unix:uid", user.uid());
    }
    return pipe;
  }

  void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // a left-over file is harmless: its name is used again
    }
  }

  /// The files with this ending, by name.
  List<Path> files(String ending) {
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ending)) {
      files.forEach(found::add);
    } catch (IOException _) {
      return List.of(); // nothing is known of an earlier server
    }
    found.sort(null);
    return found;
  }

  /// Removes the directory with all files in it; the server ends.
  public void removeAll() {
    journal.close();
    try {
      lock.close();
    } catch (IOException _) {
      // the lock ends with the process
    }
    files("").forEach(this::remove);
    remove(directory);
  }
}
