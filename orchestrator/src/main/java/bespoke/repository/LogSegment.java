package bespoke.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/// The good records of one segment of a [SegmentedLog], in memory, by place or by number.
public final class LogSegment {

  private final byte[] bytes;
  private final int sizeBytes;
  private int count;
  private int[] starts = new int[256];
  private int[] lengths = new int[256];
  private long[] numbers = new long[256];

  private LogSegment(byte[] bytes) {
    this.bytes = bytes;
    this.sizeBytes = Frames.scan(bytes, 0, bytes.length, this::add);
  }

  /// A segment that can be read.
  ///
  /// @param file where it is
  /// @param first the number of its first record, or a little less
  public record Handle(Path file, long first) {

    /// Reads it; empty if it was dropped in the meantime.
    ///
    /// @throws RepositoryException if it cannot be read
    public LogSegment read() throws RepositoryException {
      try {
        return LogSegment.read(file);
      } catch (IOException e) {
        throw new RepositoryException("cannot read " + file + ": " + PrivateFiles.reason(e), e);
      }
    }
  }

  static LogSegment read(Path file) throws IOException {
    try {
      return new LogSegment(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return new LogSegment(new byte[0]);
    }
  }

  private boolean add(byte[] from, int start, int length) {
    RecordReader in = new RecordReader(from, start, length, null);
    long number;
    try {
      number = in.number();
    } catch (MalformedRecordException e) {
      return true; // written by nobody we know; the next may be ours
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
      numbers = Arrays.copyOf(numbers, count * 2);
    }
    starts[count] = in.position();
    lengths[count] = start + length - in.position();
    numbers[count++] = number;
    return true;
  }

  /// Bytes of all good records.
  int sizeBytes() {
    return sizeBytes;
  }

  /// How many records there are.
  public int count() {
    return count;
  }

  /// The number of the last record; 0 if there is none.
  public long lastNumber() {
    return count == 0 ? 0 : numbers[count - 1];
  }

  /// The number of a record.
  ///
  /// @param index from 0
  public long number(int index) {
    return numbers[index];
  }

  /// A record, behind its number.
  ///
  /// @param index from 0
  public RecordReader record(int index) {
    return new RecordReader(bytes, starts[index], lengths[index], null);
  }

  /// The first record of that number; -1 if there is none.
  public int find(long number) {
    int at = Arrays.binarySearch(numbers, 0, count, number);
    if (at < 0) {
      return -1;
    }
    while (at > 0 && numbers[at - 1] == number) {
      at--;
    }
    return at;
  }
}
