package bespoke.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Bounded history: records with rising numbers in segment files, the oldest dropped first.
///
/// Appending gathers in memory; [#flush] is one write(2). What was flushed survives the death of
/// the process; [#force] is for power loss. A record that was cut off by a crash is overwritten,
/// one that was damaged ends the reading of its segment. Any thread may read; one thread at a time
/// appends.
public final class SegmentedLog implements AutoCloseable {

  private static final String PREFIX = "segment-";
  private static final int PENDING_MAX_BYTES = 16 << 20;

  private final Path directory;
  private final long segmentBytesMax;
  private final int segmentsMax;
  private final RecordWriter pending = new RecordWriter(16384);
  private FileChannel channel;
  private long position;
  private long last;
  private long dropped;

  private SegmentedLog(
      Path directory, long segmentBytesMax, int segmentsMax, FileChannel channel, long position) {
    this.directory = directory;
    this.segmentBytesMax = segmentBytesMax;
    this.segmentsMax = segmentsMax;
    this.channel = channel;
    this.position = position;
  }

  /// One segment file.
  ///
  /// @param file where it is
  /// @param first the number of its first record, or a little less
  record Segment(Path file, long first) {}

  /// Opens the log, or makes it.
  ///
  /// @param directory made with mode 0700 if it does not exist
  /// @param segmentBytesMax a segment that reached this is followed by another
  /// @param segmentsMax how many are kept, at least 2
  /// @throws RepositoryException if the directory cannot be used
  public static SegmentedLog open(Path directory, long segmentBytesMax, int segmentsMax)
      throws RepositoryException {
    try {
      PrivateFiles.createDirectory(directory);
      List<Segment> segments = segments(directory);
      Segment newest = segments.isEmpty() ? segment(directory, 0) : segments.getLast();
      FileChannel channel = open(newest.file());
      LogSegment content = LogSegment.read(newest.file());
      SegmentedLog log =
          new SegmentedLog(directory, segmentBytesMax, segmentsMax, channel, content.sizeBytes());
      log.last = Math.max(newest.first() - 1, content.lastNumber());
      channel.truncate(content.sizeBytes());
      return log;
    } catch (IOException e) {
      throw new RepositoryException(
          "cannot use " + directory + ": " + PrivateFiles.reason(e) + "; make it writable", e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PrivateFiles.FILE);
  }

  private static Segment segment(Path directory, long first) {
    return new Segment(NumberedFile.path(directory, PREFIX, first), first);
  }

  private static List<Segment> segments(Path directory) throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (NumberedFile file : NumberedFile.list(directory, PREFIX)) {
      segments.add(new Segment(file.file(), file.number()));
    }
    return segments;
  }

  /// The number of the last record; 0 or a little more if there is none.
  public synchronized long last() {
    return Math.max(0, last);
  }

  /// Records that were given up because they could not be written for long.
  public synchronized long dropped() {
    return dropped;
  }

  /// Appends a record; it is written by the next flush.
  ///
  /// @param number higher than, or the same as, the last one's
  /// @param record without the number
  public synchronized void append(long number, RecordWriter record) {
    if (pending.size() + record.size() > PENDING_MAX_BYTES) {
      dropped++;
      return;
    }
    RecordWriter numbered = new RecordWriter(record.size() + 10);
    numbered.number(number).raw(record.array(), 0, record.size());
    Frames.append(pending, numbered);
    last = Math.max(last, number);
  }

  /// Hands everything appended to the kernel.
  ///
  /// @throws RepositoryException if it cannot be written; it is tried again by the next flush
  public synchronized void flush() throws RepositoryException {
    if (pending.size() == 0) {
      return;
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(pending.array(), 0, pending.size());
      long at = position;
      while (buffer.hasRemaining()) {
        at += channel.write(buffer, at);
      }
      position = at;
      pending.reset();
      if (position >= segmentBytesMax) {
        rotate();
      }
    } catch (IOException e) {
      throw new RepositoryException(
          "cannot write the journal in " + directory + ": " + PrivateFiles.reason(e), e);
    }
  }

  /// Forces what was flushed to disk.
  public synchronized void force() throws RepositoryException {
    flush();
    try {
      channel.force(false);
    } catch (IOException e) {
      throw new RepositoryException("cannot write " + directory + ": " + e.getMessage(), e);
    }
  }

  private void rotate() throws IOException {
    FileChannel next = open(segment(directory, last + 1).file());
    FileChannel old = channel;
    channel = next;
    position = 0;
    old.close();
    List<Segment> segments = segments(directory);
    for (int i = 0; i < segments.size() - segmentsMax; i++) {
      Files.deleteIfExists(segments.get(i).file());
    }
  }

  /// The segments as they are now, the oldest first. What was not flushed is not in them.
  public List<LogSegment.Handle> segments() throws RepositoryException {
    try {
      List<LogSegment.Handle> handles = new ArrayList<>();
      for (Segment segment : segments(directory)) {
        handles.add(new LogSegment.Handle(segment.file(), segment.first()));
      }
      return handles;
    } catch (IOException e) {
      throw new RepositoryException("cannot read " + directory + ": " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() throws RepositoryException {
    flush();
    try {
      channel.close();
    } catch (IOException e) {
      throw new RepositoryException("cannot close " + directory + ": " + e.getMessage(), e);
    }
  }
}
