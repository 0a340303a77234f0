package bespoke.repository;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The columns of a row: numbers (`Long`), texts and bytes. Their encoding is what the checksum and
/// the redo log are made of.
final class Row {

  private static final int NUMBER = 1;
  private static final int TEXT = 2;
  private static final int OCTETS = 3;

  private Row() {}

  static void write(RecordWriter out, Object[] values) {
    for (Object value : values) {
      write(out, value);
    }
  }

  private static void write(RecordWriter out, Object value) {
    switch (value) {
      case Long number -> out.octet(NUMBER).signed(number);
      case String text -> out.octet(TEXT).text(text);
      case byte[] octets -> out.octet(OCTETS).octets(octets);
      default -> throw new IllegalArgumentException("a column is a " + value.getClass());
    }
  }

  static Object[] read(RecordReader in, int count) {
    Object[] values = new Object[count];
    for (int i = 0; i < count; i++) {
      int kind = in.octet();
      values[i] =
          switch (kind) {
            case NUMBER -> in.signed();
            case TEXT -> in.text();
            case OCTETS -> in.octets();
            default -> throw new MalformedRecordException("a column is of kind " + kind);
          };
    }
    return values;
  }

  static void bind(PreparedStatement statement, Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case Long number -> statement.setLong(i + 1, number);
        case String text -> statement.setString(i + 1, text);
        case byte[] octets -> statement.setBytes(i + 1, octets);
        default -> throw new IllegalArgumentException("a column is a " + values[i].getClass());
      }
    }
  }

  /// The checksum of a row's columns, always positive.
  static long crc(RecordWriter scratch, Object... values) {
    scratch.reset();
    write(scratch, values);
    return Frames.crc(scratch.array(), 0, scratch.size()) & 0xffffffffL;
  }

  /// Whether the present row is what was written: the last of its columns is the checksum of the
  /// others.
  static boolean isIntact(ResultSet rows, int columns, RecordWriter scratch) throws SQLException {
    Object[] values = new Object[columns - 1];
    for (int i = 0; i < values.length; i++) {
      Object value = rows.getObject(i + 1);
      if (value == null) {
        return false;
      }
      values[i] = value instanceof Number number ? (Object) number.longValue() : value;
    }
    return crc(scratch, values) == rows.getLong(columns);
  }
}
