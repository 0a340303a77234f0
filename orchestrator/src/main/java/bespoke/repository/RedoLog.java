package bespoke.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes transactions durable: each is appended and forced to disk (fdatasync(2)) before SQLite
/// commits it.
///
/// Segments reach back to the oldest backup, so a damaged store is rebuilt from any backup and
/// nothing is lost. The file grows in zeroed chunks beforehand, so that forcing a record writes no
/// metadata.
final class RedoLog implements AutoCloseable {

  private static final int CHUNK_BYTES = 256 << 10;

  private final Path directory;
  private RedoSegment segment;
  private @Nullable FileChannel channel;
  private long position;
  private long previousPosition;
  private long allocated;
  private long syncs;
  private boolean uncertain;

  private RedoLog(Path directory, RedoSegment segment) {
    this.directory = directory;
    this.segment = segment;
  }

  /// Goes on behind the last transaction of the last segment, or starts a new one where that does
  /// not fit.
  ///
  /// @param next the number that the next transaction will have
  static RedoLog open(Path directory, long next) throws IOException {
    List<RedoSegment> segments = RedoSegment.list(directory);
    RedoSegment last = segments.isEmpty() ? null : segments.getLast();
    if (last != null && last.first() <= next) {
      RedoSegment.Tail tail = last.read((sequence, in) -> {});
      if (tail.last() == next - 1 && Files.size(last.file()) >= tail.end()) {
        RedoLog log = new RedoLog(directory, last);
        log.position = tail.end();
        log.allocated = Files.size(last.file());
        return log;
      }
    }
    RedoLog log = new RedoLog(directory, RedoSegment.of(directory, next));
    log.create();
    return log;
  }

  /// Appends a transaction.
  ///
  /// @param record begins with the sequence number
  /// @param force whether it must survive power loss; if not, it does so after the next one that
  ///   must
  void append(RecordWriter record, boolean force) throws IOException {
    RecordWriter frame = new RecordWriter(record.size() + Frames.OVERHEAD_BYTES);
    Frames.append(frame, record);
    reserve(position + frame.size());
    previousPosition = position;
    try {
      writeFully(frame, position, force);
    } catch (IOException e) {
      undoAfter(e);
      throw e;
    }
    position += frame.size();
  }

  /// What could not be written whole must not look as if it was.
  private void undoAfter(IOException failure) {
    try {
      undo();
    } catch (IOException e) {
      uncertain = true;
      failure.addSuppressed(e);
    }
  }

  /// Whether the last transaction may be in the log although its appending failed: nobody can tell
  /// before the next opening.
  boolean isUncertain() {
    return uncertain;
  }

  /// Takes back the last transaction, which SQLite refused.
  void undo() throws IOException {
    RecordWriter zeros = new RecordWriter(Frames.OVERHEAD_BYTES);
    zeros.word(0).word(0);
    writeFully(zeros, previousPosition, true);
    position = previousPosition;
  }

  /// Bytes in the present segment.
  long sizeBytes() {
    return position;
  }

  /// Starts a new segment.
  void rotate(long next) throws IOException {
    RedoSegment old = segment;
    long oldPosition = position;
    long oldAllocated = allocated;
    close();
    segment = RedoSegment.of(directory, next);
    try {
      create();
    } catch (IOException e) {
      close();
      Files.deleteIfExists(segment.file());
      segment = old;
      position = oldPosition;
      allocated = oldAllocated;
      throw e;
    }
  }

  /// Removes segments that hold nothing after a transaction.
  void deleteUpTo(long sequence) throws IOException {
    List<RedoSegment> segments = RedoSegment.list(directory);
    for (int i = 0; i + 1 < segments.size(); i++) {
      if (segments.get(i + 1).first() <= sequence + 1) {
        Files.deleteIfExists(segments.get(i).file());
      }
    }
  }

  /// How often something was forced to disk.
  long syncs() {
    return syncs;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  private void create() throws IOException {
    Files.deleteIfExists(segment.file()); // left of a log that could not be read
    RecordWriter header = new RecordWriter(RedoSegment.HEADER.length);
    header.raw(RedoSegment.HEADER, 0, RedoSegment.HEADER.length);
    allocated = 0;
    reserve(RedoSegment.HEADER.length);
    writeFully(header, 0, true);
    position = RedoSegment.HEADER.length;
    PrivateFiles.syncDirectory(directory);
    syncs++;
  }

  /// Fills the file with zeros up to the next chunk behind a place, so that there is room and the
  /// records need no metadata.
  private void reserve(long end) throws IOException {
    if (end <= allocated) {
      return;
    }
    long target = (end + CHUNK_BYTES - 1) / CHUNK_BYTES * CHUNK_BYTES;
    while (allocated < target) {
      int size = (int) Math.min(CHUNK_BYTES, target - allocated);
      RecordWriter zeros = new RecordWriter(size);
      zeros.raw(new byte[size], 0, size);
      writeFully(zeros, allocated, false);
      allocated += size;
    }
  }

  /// Writes, again if an interrupt closed the channel underneath: a record is whole or it is not
  /// there.
  private void writeFully(RecordWriter bytes, long at, boolean force) throws IOException {
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        writeOnce(bytes, at, force);
        break;
      } catch (ClosedByInterruptException e) {
        interrupted |= Thread.interrupted();
        channel = null;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeOnce(RecordWriter bytes, long at, boolean force) throws IOException {
    FileChannel to = channel();
    ByteBuffer buffer = ByteBuffer.wrap(bytes.array(), 0, bytes.size());
    long place = at;
    while (buffer.hasRemaining()) {
      place += to.write(buffer, place);
    }
    if (force) {
      to.force(false);
      syncs++;
    }
  }

  private FileChannel channel() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open =
          FileChannel.open(
              segment.file(),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PrivateFiles.FILE);
      channel = open;
    }
    return open;
  }
}
