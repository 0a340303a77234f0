package bespoke.supervisor.log;

import java.io.ByteArrayOutputStream;

/// Removes control sequences (ECMA-48: ESC [ … final byte), also when split over several reads.
public final class AnsiFilter {
  private static final int ESCAPE = 0x1b;

  /// A longer sequence is not one, in bytes.
  private static final int SEQUENCE_MAX = 64;

  private final ByteArrayOutputStream sequence = new ByteArrayOutputStream();

  /// The input without control sequences.
  public byte[] feed(byte[] data) {
    var out = new ByteArrayOutputStream(data.length);
    for (byte b : data) {
      if (sequence.size() == 0) {
        (b == ESCAPE ? sequence : out).write(b);
      } else {
        inSequence(b, out);
      }
    }
    return out.toByteArray();
  }

  private void inSequence(byte b, ByteArrayOutputStream out) {
    sequence.write(b);
    int position = sequence.size() - 1;
    if (position == 1 && b != '[' || sequence.size() > SEQUENCE_MAX) {
      out.writeBytes(sequence.toByteArray());
      sequence.reset();
    } else if (position > 1 && b >= 0x40 && b <= 0x7e) {
      sequence.reset();
    }
  }

  /// What was held back because it might have become a sequence.
  public byte[] flush() {
    byte[] rest = sequence.toByteArray();
    sequence.reset();
    return rest;
  }
}
