package bespoke.daemon;

import bespoke.repository.MalformedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The changes that are remembered, a file each; a file is replaced as a whole, durably.
final class ChangeStore {
  /// So many are remembered; older ones that are over are forgotten.
  private static final int CHANGES_MAX = 100;

  private static final long FILE_BYTES_MAX = 256L << 20;
  private static final String SUFFIX = ".change";

  private final Path directory;
  private final TreeMap<Long, ChangeEntry> entries = new TreeMap<>();
  private long last;

  private ChangeStore(Path directory) {
    this.directory = directory;
  }

  /// Reads what is there.
  ///
  /// @param log gets what cannot be read; `true` for an error
  /// @throws IOException if the directory cannot be read
  static ChangeStore open(Path directory, BiConsumer<Boolean, String> log) throws IOException {
    ChangeStore store = new ChangeStore(directory);
    Files.createDirectories(directory);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        store.load(file, log);
      }
    }
    return store;
  }

  private void load(Path file, BiConsumer<Boolean, String> log) throws IOException {
    String name = String.valueOf(file.getFileName());
    try {
      last = Math.max(last, Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new MalformedRecordException("it is longer than " + FILE_BYTES_MAX + " bytes");
      }
      ChangeEntry entry = ChangeCodec.read(Files.readAllBytes(file));
      entries.put(entry.number(), entry);
    } catch (MalformedRecordException | NumberFormatException e) {
      log.accept(
          true,
          "cannot read the change in "
              + file
              + ": "
              + e.getMessage()
              + "; it is left alone, move it away");
    }
  }

  /// The number of the next change.
  synchronized long next() {
    return last + 1;
  }

  /// All, by number; a copy.
  synchronized Map<Long, ChangeEntry> all() {
    return new TreeMap<>(entries);
  }

  /// The one that is under way.
  synchronized Optional<ChangeEntry> unfinished() {
    return entries.descendingMap().values().stream()
        .filter(entry -> !entry.standing().isEnd())
        .findFirst();
  }

  /// Remembers a change, durably.
  ///
  /// @throws IOException if it cannot be written; what was remembered before still is
  synchronized void put(ChangeEntry entry) throws IOException {
    Path file = file(entry.number());
    Path fresh = directory.resolve(entry.number() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(ChangeCodec.write(entry));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
    entries.put(entry.number(), entry);
    last = Math.max(last, entry.number());
    forgetOld();
  }

  private void forgetOld() throws IOException {
    while (entries.size() > CHANGES_MAX && entries.firstEntry().getValue().standing().isEnd()) {
      Files.deleteIfExists(file(entries.firstKey()));
      entries.pollFirstEntry();
    }
  }

  private Path file(long number) {
    return directory.resolve(number + SUFFIX);
  }
}
