package bespoke.supervisor.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Separates what a program writes between the capture tokens from the rest.
///
/// Tokens may be split over several reads. The capture buffer keeps its newest bytes.
public final class CaptureFilter {
  private static final byte[] BEGIN =
      "<!--XSUPERVISOR:BEGIN-->".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "<!--XSUPERVISOR:END-->".getBytes(StandardCharsets.US_ASCII);

  /// What came out of some input.
  ///
  /// @param plain output outside the tokens
  /// @param messages complete messages between tokens
  @SuppressWarnings("ArrayRecordComponent") // never compared, and copying bodies costs
  public record Result(byte[] plain, List<byte[]> messages) {}

  private final int captureMaxBytes;
  private byte[] held = new byte[0];
  private byte[] captured = new byte[0];
  private boolean capturing;

  public CaptureFilter(long captureMaxBytes) {
    this.captureMaxBytes = (int) Math.min(captureMaxBytes, 64 << 20);
  }

  /// Takes the next output.
  public Result feed(byte[] data) {
    var plain = new ByteArrayOutputStream();
    var messages = new ArrayList<byte[]>();
    byte[] rest = concatenated(held, data);
    while (true) {
      byte[] token = capturing ? END : BEGIN;
      int at = indexOf(rest, token);
      int until = at >= 0 ? at : rest.length - heldBack(rest, token);
      byte[] before = Arrays.copyOfRange(rest, 0, until);
      if (capturing) {
        capture(before);
      } else {
        plain.writeBytes(before);
      }
      if (at < 0) {
        held = Arrays.copyOfRange(rest, until, rest.length);
        return new Result(plain.toByteArray(), messages);
      }
      if (capturing) {
        messages.add(captured);
        captured = new byte[0];
      }
      capturing = !capturing;
      rest = Arrays.copyOfRange(rest, at + token.length, rest.length);
    }
  }

  /// What was held back because it might have been the beginning of a token.
  public byte[] flush() {
    byte[] rest = capturing ? new byte[0] : held;
    held = new byte[0];
    return rest;
  }

  private void capture(byte[] more) {
    byte[] all = concatenated(captured, more);
    captured =
        all.length > captureMaxBytes
            ? Arrays.copyOfRange(all, all.length - captureMaxBytes, all.length)
            : all;
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static int indexOf(byte[] data, byte[] token) {
    for (int i = 0; i + token.length <= data.length; i++) {
      if (Arrays.equals(data, i, i + token.length, token, 0, token.length)) {
        return i;
      }
    }
    return -1;
  }

  /// How many bytes at the end may be the beginning of the token.
  private static int heldBack(byte[] data, byte[] token) {
    for (int length = Math.min(token.length - 1, data.length); length > 0; length--) {
      if (Arrays.equals(data, data.length - length, data.length, token, 0, length)) {
        return length;
      }
    }
    return 0;
  }
}
