package bespoke.connect;

import java.io.IOException;
import java.io.InputStream;

/// What comes from a [ByteStream].
final class ByteStreamInput extends InputStream {
  private final ByteStream stream;

  ByteStreamInput(ByteStream stream) {
    this.stream = stream;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int from, int lengthMax) throws IOException {
    if (lengthMax == 0) {
      return 0;
    }
    int count = stream.read(buffer, from, lengthMax);
    return count < 1 ? -1 : count;
  }
}
