package bespoke.repository;

import java.util.zip.CRC32C;

/// Records in a file: length (4 bytes), CRC-32C of the rest (4 bytes), the rest.
///
/// A record that was cut off or damaged is told from a good one; where the writer died, reading
/// ends.
final class Frames {

  /// Bytes before each record.
  static final int OVERHEAD_BYTES = 8;

  /// The longest record.
  static final int LENGTH_MAX = 256 << 20;

  private Frames() {}

  /// What is done with each good record.
  interface Visitor {

    /// @param from where the record begins in the array
    /// @return whether to go on
    boolean record(byte[] bytes, int from, int length);
  }

  /// Appends one record to a buffer.
  static void append(RecordWriter out, RecordWriter record) {
    out.word(record.size());
    out.word(crc(record.array(), 0, record.size()));
    out.raw(record.array(), 0, record.size());
  }

  /// Visits good records from a place on.
  ///
  /// @return where the first record that is not good begins
  static int scan(byte[] bytes, int from, int length, Visitor visitor) {
    int at = from;
    while (isGood(bytes, at, length)) {
      int size = word(bytes, at);
      boolean more = visitor.record(bytes, at + OVERHEAD_BYTES, size);
      at += OVERHEAD_BYTES + size;
      if (!more) {
        break;
      }
    }
    return at;
  }

  /// Whether a good record begins there.
  static boolean isGood(byte[] bytes, int at, int length) {
    if (length - at < OVERHEAD_BYTES) {
      return false;
    }
    int size = word(bytes, at);
    return size > 0
        && size <= length - at - OVERHEAD_BYTES
        && crc(bytes, at + OVERHEAD_BYTES, size) == word(bytes, at + 4);
  }

  static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }

  /// Where the record after a damaged one begins, if its length can be believed; else -1.
  static int afterDamaged(byte[] bytes, int at, int length) {
    if (length - at < OVERHEAD_BYTES) {
      return -1;
    }
    int size = word(bytes, at);
    if (size <= 0 || size > length - at - OVERHEAD_BYTES) {
      return -1;
    }
    int next = at + OVERHEAD_BYTES + size;
    return next == length || isGood(bytes, next, length) ? next : -1;
  }
}
