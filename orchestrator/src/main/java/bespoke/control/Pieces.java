package bespoke.control;

import bespoke.api.TextRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/// Bytes that travel in an answer, in pieces of Base64.
final class Pieces extends OutputStream {
  /// A multiple of three, so that every piece but the last is whole.
  private static final int PIECE_BYTES = 48 << 10;

  private final Answer answer;
  private final byte[] piece = new byte[PIECE_BYTES];
  private int used;

  Pieces(Answer answer) {
    this.answer = answer;
  }

  @Override
  public void write(int octet) throws IOException {
    piece[used++] = (byte) octet;
    if (used == PIECE_BYTES) {
      send();
    }
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    int at = from;
    int left = count;
    while (left > 0) {
      int more = Math.min(left, PIECE_BYTES - used);
      System.arraycopy(bytes, at, piece, used, more);
      used += more;
      at += more;
      left -= more;
      if (used == PIECE_BYTES) {
        send();
      }
    }
  }

  private void send() throws IOException {
    if (used > 0) {
      byte[] part = used == PIECE_BYTES ? piece : Arrays.copyOf(piece, used);
      answer.add(new TextRecord(Base64.getEncoder().encodeToString(part)));
      used = 0;
    }
  }

  @Override
  public void close() throws IOException {
    send();
  }
}
