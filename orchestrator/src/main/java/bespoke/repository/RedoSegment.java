package bespoke.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One file of the redo log: the transactions from a sequence number on, without a gap.
///
/// @param file `redo-` and the number in 16 hexadecimal digits
/// @param first the number of its first transaction
record RedoSegment(Path file, long first) {

  static final byte[] HEADER = "bespoke redo 1\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final String PREFIX = "redo-";

  /// What is done with each transaction.
  interface Visitor {

    /// @param in behind the sequence number
    void transaction(long sequence, RecordReader in);
  }

  /// Where reading ended.
  ///
  /// @param last number of the last good transaction; one less than the first if there is none
  /// @param end where the next one would begin in the file
  record Tail(long last, int end) {}

  static RedoSegment of(Path directory, long first) {
    return new RedoSegment(NumberedFile.path(directory, PREFIX, first), first);
  }

  /// The segments in a directory, by number.
  static List<RedoSegment> list(Path directory) throws IOException {
    List<RedoSegment> segments = new ArrayList<>();
    for (NumberedFile file : NumberedFile.list(directory, PREFIX)) {
      segments.add(new RedoSegment(file.file(), file.number()));
    }
    return segments;
  }

  /// Reads the good transactions.
  Tail read(Visitor visitor) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length < HEADER.length
        || !Arrays.equals(bytes, 0, HEADER.length, HEADER, 0, HEADER.length)) {
      return new Tail(first - 1, HEADER.length);
    }
    Reading reading = new Reading(visitor, first - 1);
    int end = Frames.scan(bytes, HEADER.length, bytes.length, reading);
    return new Tail(reading.last, reading.stopped ? reading.stoppedAt : end);
  }

  /// Checks that numbers follow one another.
  private static final class Reading implements Frames.Visitor {
    private final Visitor visitor;
    private long last;
    private boolean stopped;
    private int stoppedAt;

    private Reading(Visitor visitor, long last) {
      this.visitor = visitor;
      this.last = last;
    }

    @Override
    public boolean record(byte[] bytes, int from, int length) {
      RecordReader in = new RecordReader(bytes, from, length, null);
      long sequence = in.number();
      if (sequence != last + 1) {
        stopped = true;
        stoppedAt = from - Frames.OVERHEAD_BYTES;
        return false;
      }
      visitor.transaction(sequence, in);
      last = sequence;
      return true;
    }
  }
}
