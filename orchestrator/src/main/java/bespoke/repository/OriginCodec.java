package bespoke.repository;

import bespoke.model.Origin;

/// Writes and reads where a value comes from.
final class OriginCodec {

  private OriginCodec() {}

  static void write(RecordWriter out, Origin origin) {
    switch (origin) {
      case Origin.Unknown unknown -> out.octet(0);
      case Origin.File file ->
          out.octet(1).text(file.file()).number(file.line()).number(file.column());
      case Origin.Administrator person ->
          out.octet(2).text(person.who()).signed(person.atEpochMillis());
    }
  }

  static Origin read(RecordReader in) {
    int kind = in.octet();
    return switch (kind) {
      case 0 -> Origin.UNKNOWN;
      case 1 -> new Origin.File(in.text(), in.size(), in.size());
      case 2 -> new Origin.Administrator(in.text(), in.signed());
      default -> throw new MalformedRecordException("an origin is of kind " + kind);
    };
  }
}
