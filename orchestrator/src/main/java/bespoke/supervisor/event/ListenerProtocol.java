package bespoke.supervisor.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What one event listener says on its standard output, and the state that follows from it.
public final class ListenerProtocol {
  /// A longer result is a broken protocol, in bytes.
  private static final int RESULT_MAX = 1 << 20;

  private static final int LINE_MAX = 256;
  private static final byte[] READY_LINE = "READY\n".getBytes(StandardCharsets.US_ASCII);
  private static final String RESULT_WORD = "RESULT ";

  /// The state of a listener.
  public enum State {
    /// It can take an event.
    READY,
    /// It works on an event.
    BUSY,
    /// It has started or answered, and must say READY next.
    ACKNOWLEDGED,
    /// It broke the protocol and gets nothing more.
    UNKNOWN
  }

  /// What follows from something it said.
  public enum Outcome {
    BECAME_READY,
    ACCEPTED,
    REJECTED,
    BROKE_PROTOCOL
  }

  private State state = State.ACKNOWLEDGED;
  private byte[] pending = new byte[0];

  public State state() {
    return state;
  }

  /// An event was sent to it.
  public void eventSent() {
    state = State.BUSY;
  }

  /// Takes output and returns what follows from it, in order.
  public List<Outcome> feed(byte[] data) {
    var outcomes = new ArrayList<Outcome>();
    var joined = new ByteArrayOutputStream(pending.length + data.length);
    joined.writeBytes(pending);
    joined.writeBytes(data);
    pending = joined.toByteArray();
    int before;
    do {
      before = pending.length;
      switch (state) {
        case ACKNOWLEDGED -> readyLine(outcomes);
        case READY -> {
          if (pending.length > 0) {
            broken(outcomes);
          }
        }
        case BUSY -> result(outcomes);
        case UNKNOWN -> pending = new byte[0];
      }
    } while (pending.length < before);
    return outcomes;
  }

  private void readyLine(List<Outcome> outcomes) {
    int length = Math.min(pending.length, READY_LINE.length);
    if (!Arrays.equals(pending, 0, length, READY_LINE, 0, length)) {
      broken(outcomes);
    } else if (length == READY_LINE.length) {
      consume(length);
      state = State.READY;
      outcomes.add(Outcome.BECAME_READY);
    }
  }

  private void result(List<Outcome> outcomes) {
    int newline = 0;
    while (newline < pending.length && pending[newline] != '\n') {
      newline++;
    }
    if (newline > LINE_MAX) {
      broken(outcomes);
      return;
    }
    if (newline == pending.length) {
      return;
    }
    String line = new String(pending, 0, newline, StandardCharsets.ISO_8859_1).strip();
    String digits = line.startsWith(RESULT_WORD) ? line.substring(RESULT_WORD.length()) : "";
    if (!digits.matches("\\d{1,7}") || Integer.parseInt(digits) > RESULT_MAX) {
      broken(outcomes);
      return;
    }
    int end = newline + 1 + Integer.parseInt(digits);
    if (pending.length < end) {
      return;
    }
    String result =
        new String(pending, newline + 1, end - newline - 1, StandardCharsets.ISO_8859_1);
    consume(end);
    state = State.ACKNOWLEDGED;
    outcomes.add(result.equals("OK") ? Outcome.ACCEPTED : Outcome.REJECTED);
  }

  private void consume(int count) {
    pending = Arrays.copyOfRange(pending, count, pending.length);
  }

  private void broken(List<Outcome> outcomes) {
    state = State.UNKNOWN;
    pending = new byte[0];
    outcomes.add(Outcome.BROKE_PROTOCOL);
  }
}
