package bespoke.supervisor.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What runs, for the next server: a file to which each start and each end of a process adds one
/// line, in one write(2). A last line without its end, of a server that was killed while it wrote,
/// counts for nothing.
public final class RecordJournal implements AutoCloseable {
  /// The file is written anew when it is larger than this and than four times what it must say.
  private static final int SIZE_BYTES_MAX = 1 << 18;

  private static final String GONE = "gone=";

  private final Path file;
  private final String boot;
  private final Map<Long, String> live = new LinkedHashMap<>();
  private FileChannel channel;
  private long liveChars;
  private boolean isTorn;

  /// @param boot of the machine, noted in each record
  /// @throws IOException if the file cannot be opened
  RecordJournal(Path file, String boot) throws IOException {
    this.file = file;
    this.boot = boot;
    channel = open(file);
    isTorn = channel.size() > 0;
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /// What an earlier server left running when it was killed. It stays in the file until
  /// [#forgetOthers].
  public List<ProcessRecord> left() {
    var found = new LinkedHashMap<Long, ProcessRecord>();
    for (String line : lines()) {
      if (line.startsWith(GONE)) {
        run(line).ifPresent(found::remove);
      } else {
        ProcessRecord.parse(line, boot).ifPresent(record -> found.put(record.run(), record));
      }
    }
    return List.copyOf(found.values());
  }

  private List<String> lines() {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException _) {
      return List.of(); // nothing is known of an earlier server
    }
  }

  private static Optional<Long> run(String line) {
    try {
      return Optional.of(Long.parseLong(line.substring(GONE.length())));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Keeps a record, in place of an earlier one of the same run.
  ///
  /// @throws IOException if it cannot be written
  void keep(ProcessRecord record) throws IOException {
    String line = record.text(boot) + "\n";
    String before = live.put(record.run(), line);
    liveChars += line.length() - (before == null ? 0 : before.length());
    append(line);
  }

  /// The process of a run has ended.
  void forget(long run) {
    String line = live.remove(run);
    if (line == null) {
      return;
    }
    liveChars -= line.length();
    try {
      append(GONE + run + "\n");
      if (channel.size() > Math.max(SIZE_BYTES_MAX, 4 * liveChars)) {
        forgetOthers();
      }
    } catch (IOException _) {
      // the next server sees that there is no such process
    }
  }

  /// Writes the file anew with what has been kept since this server began, as a whole or not at
  /// all.
  ///
  /// @throws IOException if it cannot be written; the file is as it was
  public void forgetOthers() throws IOException {
    Path writing = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(writing, String.join("", live.values()), StandardCharsets.ISO_8859_1);
    FileChannel next = open(writing);
    Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE);
    channel.close();
    channel = next;
    isTorn = false;
  }

  /// After a line that may be torn, a new one begins.
  private void append(String line) throws IOException {
    String text = isTorn ? "\n" + line : line;
    isTorn = true;
    ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text);
    while (bytes.hasRemaining()) {
      int _ = channel.write(bytes);
    }
    isTorn = false;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // every line is written by now
    }
  }
}
