package bespoke.supervisor.ctl;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// An input in HTTP's chunked coding (RFC 9112, 7.1), decoded.
final class ChunkedInput extends FilterInputStream {
  private long left;
  private boolean ended;

  ChunkedInput(InputStream in) {
    super(in);
  }

  private boolean hasMore() throws IOException {
    if (left == 0 && !ended) {
      String size = HttpClient.line(in);
      if (size.isEmpty()) {
        size = HttpClient.line(in); // the end of the former chunk
      }
      if (!size.matches("[0-9a-fA-F]{1,8}(;.*)?")) {
        ended = true;
        return false;
      }
      left = Long.parseLong(size.replaceFirst(";.*", ""), 16);
      ended = left == 0;
    }
    return !ended;
  }

  @Override
  public int read() throws IOException {
    if (!hasMore()) {
      return -1;
    }
    left--;
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (!hasMore()) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    left -= Math.max(0, count);
    return count;
  }
}
