package bespoke.repository;

/// One statement of a transaction with its values.
///
/// @param sql what is done
/// @param values of its parameters, without the checksum
@SuppressWarnings("ArrayRecordComponent") // made, run and logged once; never compared
record Change(Sql sql, Object... values) {

  void write(RecordWriter out) {
    out.octet(sql.ordinal()).octet(values.length);
    Row.write(out, values);
  }

  static Change read(RecordReader in) {
    int ordinal = in.octet();
    if (ordinal >= Sql.values().length) {
      throw new MalformedRecordException("a statement is of kind " + ordinal);
    }
    return new Change(Sql.values()[ordinal], Row.read(in, in.octet()));
  }
}
